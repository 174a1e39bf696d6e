import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useAsyncState } from '../../../shared/composables/use-async-state.js';
import { confirmAction } from '../../../shared/ui/confirm-action.js';
import { notifyError, notifySuccess } from '../../../shared/ui/notify.js';
import { getOwnTenant, updateOwnTenant } from '../tenants.api.js';

export interface SecondFactorRule {
  isKnown: ComputedRef<boolean>;
  isRequired: ComputedRef<boolean>;
  isChanging: Ref<boolean>;
  /** Switches it; asks before it is required. Resolves to false: the switch shows the server's state. */
  change: () => Promise<boolean>;
}

export function useSecondFactorRule(): SecondFactorRule {
  const { t } = useText();
  const tenant = useAsyncState(getOwnTenant);
  const isChanging = ref(false);
  const isRequired = computed(() => tenant.data.value?.requiresSecondFactor ?? false);

  async function change(): Promise<boolean> {
    const requiresSecondFactor = !isRequired.value;
    if (requiresSecondFactor && !(await mayRequire())) return false;
    isChanging.value = true;
    try {
      await updateOwnTenant({ requiresSecondFactor });
      await tenant.reload();
      notifySuccess(t(requiresSecondFactor ? 'settings.members.required' : 'settings.members.notRequired'));
    } catch (error) {
      notifyError(error);
    } finally {
      isChanging.value = false;
    }
    return false;
  }

  function mayRequire(): Promise<boolean> {
    const title = t('settings.members.requireSecondFactor');
    return confirmAction({ title, message: t('settings.members.requireConfirm'), confirmText: title });
  }

  void tenant.reload();
  return { isKnown: computed(() => tenant.data.value !== undefined), isRequired, isChanging, change };
}
