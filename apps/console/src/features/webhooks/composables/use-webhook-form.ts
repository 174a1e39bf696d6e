/** Keeps the state of the webhook form: what is typed, its faults, open sections, and saving it. */
import { findSettingConflicts } from '@im/contracts/api/setting-conflicts';
import type { Webhook } from '@im/contracts/api/webhooks';
import { computed, ref, shallowRef, type Ref } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { ApiError } from '../../../shared/http/api-error.js';
import { isExternalId } from '../../../shared/external-ids/external-id.js';
import { useFieldErrors } from '../../../shared/composables/use-field-errors.js';
import { toBeforeSettings } from '../model/before-form.js';
import { toDeliverySettings } from '../model/delivery-form.js';
import { faultySections, FORM_POINTERS, refusedSections, type FormSection } from '../model/form-sections.js';
import { missingPartOf, toCreateRequest, toUpdateRequest, type WebhookForm } from '../model/webhook-form.js';
import { isCallableUrl } from '../model/webhook-url.js';
import { createWebhook, updateWebhook } from '../webhooks.api.js';
import { useBeforeOwner } from './use-before-owner.js';
import { useRebasedForm } from './use-rebased-form.js';

/** @param webhook the one to edit; null makes a new one */
export function useWebhookForm(appKey: string, webhook: Webhook | null) {
  const { form, base, contested, takeTheirs } = useRebasedForm(webhook);
  const fields = useFieldErrors(FORM_POINTERS);
  const error = shallowRef<unknown>(null);
  const hasTried = ref(false);
  const isSubmitting = ref(false);
  const filledIn = JSON.stringify(form.value);
  /** Something was typed that closing would throw away. */
  const isDirty = computed(() => JSON.stringify(form.value) !== filledIn);
  const { openSections, unfold } = useOpenSections();
  const beforeOwner = useBeforeOwner(appKey, webhook?.webhookId);
  const faults = useFormFaults(form, hasTried);

  /** The saved webhook; null when there was nothing to change; undefined while something needs correcting. */
  async function save(): Promise<Webhook | null | undefined> {
    hasTried.value = true;
    const faulty = faultySections(form.value);
    unfold(faulty);
    if (faults.urlFault.value || faults.secretFault.value || faulty.length > 0) return undefined;
    isSubmitting.value = true;
    error.value = null;
    fields.clear();
    beforeOwner.clear();
    try {
      return await store(appKey, form.value, base.value);
    } catch (reason) {
      if (reason instanceof ApiError && reason.code === 'precondition_failed') await takeTheirs();
      if (!fields.take(reason) || fields.unowned.value.length > 0) error.value = reason;
      if (reason instanceof ApiError && reason.code === 'conflict') {
        await beforeOwner.look(toBeforeSettings(form.value.before)?.events ?? []);
      }
      unfold(refusedSections(fields.errorAt));
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
    ...faults,
    hasTried,
    takenBefore: beforeOwner.taken,
    isSubmitting,
    isDirty,
    openSections,
    save,
  };
}

/** @returns null: there was nothing to change */
async function store(appKey: string, form: WebhookForm, saved: Webhook | null): Promise<Webhook | null> {
  if (!saved) return createWebhook(appKey, toCreateRequest(form));
  const changes = toUpdateRequest(form, saved);
  return Object.keys(changes).length === 0 ? null : updateWebhook(saved, changes);
}

function useOpenSections() {
  const openSections = ref<FormSection[]>([]);
  const unfold = (sections: readonly FormSection[]): void => {
    openSections.value = [...new Set([...openSections.value, ...sections])];
  };
  return { openSections, unfold };
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
  const externalIdFault = computed(() =>
    hasTried.value && !isExternalId(form.value.externalId) ? t('externalIds.invalid') : '',
  );
  const missingPart = computed(() => (hasTried.value ? missingPartOf(form.value.clientCertificate) : null));
  return { urlFault, secretFault, externalIdFault, missingPart };
}
