/** Keeps the dialog's state: the form, its faults, and creating the token. */
import type { ApiTokenScope, CreatedApiToken } from '@im/contracts/api/api-tokens';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { createApiToken } from '../settings.api.js';

export function useApiTokenForm(onCreated: (token: CreatedApiToken) => void) {
  const { t } = useText();
  const form = reactive({
    name: '',
    scopes: ['events:write'] as ApiTokenScope[],
    appKey: '',
    expiresAt: null as Date | null,
  });

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

  return { form, ...submission };
}
