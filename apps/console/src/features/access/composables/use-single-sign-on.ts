/** Offers single sign-on if it is set up, and explains its failure if the page was opened with `?sso=<reason>`. */
import type { AuthMethods, SsoFailure } from '@im/contracts/api/auth';
import { onMounted, shallowRef, type ShallowRef } from 'vue';
import { loadPageTexts, useText } from '../../../i18n/i18n.js';
import { getAuthMethods } from '../../../stores/session.api.js';

export interface SingleSignOn {
  /** Null: it is not set up, or not known to be. */
  sso: ShallowRef<AuthMethods['oidc']>;
  /** In the reader's language; `''`: it has not failed. */
  failure: ShallowRef<string>;
}

/** @param reason from the address of the page, which anybody may write */
export function useSingleSignOn(reason: () => unknown): SingleSignOn {
  const { t } = useText();
  const sso = shallowRef<AuthMethods['oidc']>(null);
  const failure = shallowRef('');

  onMounted(async () => {
    try {
      const { oidc } = await getAuthMethods();
      if (!oidc && !reason()) return;
      // They are loaded with the texts of the pages: a login with a password need not wait for them.
      await loadPageTexts();
      sso.value = oidc;
      const key = `loginSteps.sso.${reason() as SsoFailure}` as const;
      // An unknown reason has no text.
      failure.value = t(key) === key ? '' : t(key);
    } catch {
      // Single sign-on is not offered then; logging in with the password shows the error.
    }
  });

  return { sso, failure };
}
