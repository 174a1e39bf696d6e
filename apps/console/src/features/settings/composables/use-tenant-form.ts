/** Keeps the dialog's state: the form, its faults, and saving it. */
import type { CreatedTenant, Tenant } from '@im/contracts/api/tenants';
import { reactive } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission } from '../../../shared/composables/use-form-submission.js';
import { createTenant, updateTenant } from '../tenants.api.js';

export interface TenantFormHooks {
  onCreated: (tenant: CreatedTenant) => void;
  onUpdated: (tenant: Tenant) => void;
}

/** @param tenant the one to rename; null adds one */
export function useTenantForm(tenant: Tenant | null, hooks: TenantFormHooks) {
  const { t } = useText();
  const form = reactive({ name: tenant?.name ?? '', adminEmail: '' });

  const submission = useFormSubmission({
    owners: ['/name', '/adminEmail'],
    faults: () => ({
      '/name': form.name.trim() === '' ? t('settings.tenants.nameRequired') : '',
      '/adminEmail': !tenant && form.adminEmail.trim() === '' ? t('settings.members.emailRequired') : '',
    }),
    send: async () => {
      const name = form.name.trim();
      if (tenant) hooks.onUpdated(await updateTenant(tenant.tenantId, { name }));
      else hooks.onCreated(await createTenant({ name, adminEmail: form.adminEmail.trim() }));
    },
  });

  return { form, ...submission };
}
