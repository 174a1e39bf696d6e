/** Keeps the dialog's state: the form, the scopes that can be chosen, its faults, and creating the token. */
import type { ApiTokenScope, CreatedApiToken } from '@im/contracts/api/api-tokens';
import { computed, reactive, watch } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { useSessionStore } from '../../../stores/session.js';
import { scopesToChoose } from '../model/token-scopes.js';
import { createApiToken } from '../settings.api.js';

export function useApiTokenForm(onCreated: (token: CreatedApiToken) => void) {
  const { t } = useText();
  const form = reactive({
    name: '',
    scopes: ['events:write'] as ApiTokenScope[],
    appKey: '',
    expiresAt: null as Date | null,
  });

  const session = useSessionStore();
  const choices = computed(() => {
    const member = session.user ?? { role: 'support', isOperator: false };
    return scopesToChoose({ member, isBound: form.appKey !== '' });
  });
  watch(choices, (now) => (form.scopes = form.scopes.filter((scope) => now.includes(scope))));

  async function send(): Promise<void> {
    const created = await createApiToken({
      name: form.name.trim(),
      scopes: form.scopes,
      ...(form.appKey && { appKey: form.appKey }),
      ...(form.expiresAt && { expiresAt: form.expiresAt.toISOString() }),
    });
    onCreated(created);
  }

  const submission = useFormSubmission({
    owners: ['/name', '/scopes', '/appKey', '/expiresAt'],
    faults: () => ({
      '/name': form.name.trim() === '' ? t('settings.tokens.nameRequired') : '',
      '/scopes': form.scopes.length === 0 ? t('settings.tokens.scopesRequired') : '',
    }),
    send,
  });

  return { form, choices, ...submission };
}
