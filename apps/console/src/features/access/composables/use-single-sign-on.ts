/** Offers single sign-on where it is set up, and says why it failed where the page was opened with `?sso=<reason>`. */
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
      // They come with the texts of the pages: a login with a password alone need not wait for them.
      await loadPageTexts();
      sso.value = oidc;
      const key = `loginSteps.sso.${reason() as SsoFailure}` as const;
      // What is none of our reasons has no words.
      failure.value = t(key) === key ? '' : t(key);
    } catch {
      // No other way is offered then; logging in with the password says what is wrong.
    }
  });

  return { sso, failure };
}
