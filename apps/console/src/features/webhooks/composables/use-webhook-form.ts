/** Keeps the dialog's state: the form, its faults, and saving it. */
import { findSettingConflicts } from '@im/contracts/api/setting-conflicts';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, ref, shallowRef, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { useFieldErrors } from '../../../shared/composables/use-field-errors.js';
import { faultsOfBeforeForm, toBeforeSettings } from '../model/before-form.js';
import { faultsOfDeliveryForm, toDeliverySettings } from '../model/delivery-form.js';
import { faultsOfRetryForm } from '../model/retry-form.js';
import { missingPartOf, toCreateRequest, toUpdateRequest, type WebhookForm } from '../model/webhook-form.js';
import { isCallableUrl } from '../model/webhook-url.js';
import { createWebhook, updateWebhook } from '../webhooks.api.js';
import { useBeforeOwner } from './use-before-owner.js';
import { useRebasedForm } from './use-rebased-form.js';

const MAIN_POINTERS = ['/url', '/secret', '/enabled'];
const ADVANCED_POINTERS = [
  '/name',
  '/description',
  '/events',
  '/timeoutMs',
  ...['strategy', 'maxAttempts', 'scheduleMs', 'initialDelayMs', 'maxDelayMs', 'retryOnStatus'].map(
    (field) => `/retryPolicy/${field}`,
  ),
  '/headers',
  '/format',
  '/signature',
  '/ordering',
  '/batch',
  '/rateLimitPerSecond',
  '/before/events',
  '/before/deadlineMs',
  '/before/onFailure',
  '/clientCertificate/certificate',
  '/clientCertificate/key',
];

/** @param webhook the one to edit; null makes a new one */
export function useWebhookForm(appKey: string, webhook: Webhook | null) {
  const { form, base, contested, takeTheirs } = useRebasedForm(webhook);
  const fields = useFieldErrors([...MAIN_POINTERS, ...ADVANCED_POINTERS]);
  const error = shallowRef<unknown>(null);
  const hasTried = ref(false);
  const isSubmitting = ref(false);
  const isAdvancedOpen = ref(false);
  const beforeOwner = useBeforeOwner(appKey, webhook?.webhookId);
  const { urlFault, secretFault, missingPart, hasAdvancedFault } = useFormFaults(form, hasTried);

  /** The saved webhook; null when there was nothing to change; undefined while something needs correcting. */
  async function save(): Promise<Webhook | null | undefined> {
    hasTried.value = true;
    if (hasAdvancedFault.value) isAdvancedOpen.value = true;
    if (urlFault.value || secretFault.value || hasAdvancedFault.value) return undefined;
    isSubmitting.value = true;
    error.value = null;
    fields.clear();
    beforeOwner.clear();
    try {
      if (!base.value) return await createWebhook(appKey, toCreateRequest(form.value));
      const changes = toUpdateRequest(form.value, base.value);
      if (Object.keys(changes).length === 0) return null;
      return await updateWebhook(base.value, changes);
    } catch (reason) {
      if (reason instanceof ApiError && reason.code === 'precondition_failed') await takeTheirs();
      if (!fields.take(reason) || fields.unowned.value.length > 0) error.value = reason;
      if (reason instanceof ApiError && reason.code === 'conflict') {
        await beforeOwner.look(toBeforeSettings(form.value.before)?.events ?? []);
      }
      if (ADVANCED_POINTERS.some((pointer) => fields.errorAt(pointer) !== '')) isAdvancedOpen.value = true;
      return undefined;
    } finally {
      isSubmitting.value = false;
    }
  }

  return {
    form,
    contested,
    error,
    errorAt: fields.errorAt,
    urlFault,
    secretFault,
    missingPart,
    hasTried,
    takenBefore: beforeOwner.taken,
    isSubmitting,
    isAdvancedOpen,
    save,
  };
}

/** The faults found by the form itself. @param hasTried nothing is shown before the first attempt to save */
function useFormFaults(form: Ref<WebhookForm>, hasTried: Ref<boolean>) {
  const { t } = useText();
  const urlFault = computed(() => {
    if (!hasTried.value) return '';
    if (form.value.url.trim() === '') return t('webhooks.form.urlRequired');
    return isCallableUrl(form.value.url) ? '' : t('webhooks.form.urlInvalid');
  });
  const secretFault = computed(() => {
    if (!hasTried.value) return '';
    const settings = { ...toDeliverySettings(form.value.delivery), headers: {} };
    const conflicts = findSettingConflicts(settings, settings, form.value.secret.trim());
    return conflicts.some(({ field }) => field === 'secret') ? t('webhooks.form.secretBroken') : '';
  });
  const missingPart = computed(() => (hasTried.value ? missingPartOf(form.value.clientCertificate) : null));
  const hasAdvancedFault = computed(
    () =>
      missingPart.value !== null ||
      [
        faultsOfRetryForm(form.value.retry),
        faultsOfDeliveryForm(form.value.delivery),
        faultsOfBeforeForm(form.value.before),
      ].some((faults) => Object.keys(faults).length > 0),
  );
  return { urlFault, secretFault, missingPart, hasAdvancedFault };
}
