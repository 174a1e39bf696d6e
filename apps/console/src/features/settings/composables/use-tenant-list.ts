import type { Page } from '@im/contracts/api/common';
import type { Tenant } from '@im/contracts/api/tenants';
import { watch, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState, type AsyncState } from '../../../shared/composables/use-async-state.js';
import { useQueryFilters } from '../../../shared/composables/use-query-filters.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { listTenants, updateTenant } from '../tenants.api.js';

export interface TenantList {
  state: AsyncState<Page<Tenant>>;
  cursor: ComputedRef<string | undefined>;
  goToPage: (cursor: string | undefined) => Promise<void>;
  suspend: (tenant: Tenant) => Promise<void>;
  resume: (tenant: Tenant) => Promise<void>;
}

/** The page of tenants that the URL names, and what an operator does to one from there. */
export function useTenantList(): TenantList {
  const { t } = useText();
  const { cursor, goToPage } = useQueryFilters([]);
  const state = useAsyncState((signal) => listTenants(cursor.value, signal));
  watch(cursor, () => void state.reload(), { immediate: true });

  async function change({ tenantId }: Tenant, isSuspended: boolean, done: string): Promise<void> {
    try {
      await updateTenant(tenantId, { isSuspended });
      notifySuccess(done);
    } catch (error) {
      notifyError(error);
    }
    await state.reload();
  }

  async function suspend(tenant: Tenant): Promise<void> {
    const { name } = tenant;
    const title = t('settings.tenants.suspend');
    const message = t('settings.tenants.suspendConfirm', { name });
    if (!(await confirmAction({ title, message, confirmText: title, isDangerous: true }))) return;
    await change(tenant, true, t('settings.tenants.suspendDone', { name }));
  }

  const resume = (tenant: Tenant) =>
    change(tenant, false, t('settings.tenants.resumeDone', { name: tenant.name }));

  return { state, cursor, goToPage, suspend, resume };
}
