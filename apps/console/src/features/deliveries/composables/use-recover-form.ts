import type { RecoverableStatus, RecoverRequest } from '@im/contracts/api/recoveries';
import { DEFAULT_RECOVERY_RATE } from '@im/contracts/api/delivery-constants';
import { computed, reactive, type ComputedRef } from 'vue';
import { useText } from '../../../i18n/i18n.js';
import { useFormSubmission, type FormSubmission } from '../../../shared/composables/use-form-submission.js';
import { RANGE_PRESETS, type RangePreset } from '../model/delivery-filters.js';

export interface RecoverForm {
  status: RecoverableStatus;
  range: RangePreset | 'custom';
  from: Date | undefined;
  to: Date | undefined;
  ratePerSecond: number;
}

/** Chooses deliveries to recover. @param send starts it */
export function useRecoverForm(
  send: (request: RecoverRequest) => Promise<void>,
): FormSubmission & { form: RecoverForm; request: ComputedRef<RecoverRequest | undefined> } {
  const { t } = useText();
  const form = reactive<RecoverForm>({
    status: 'failed',
    range: '24h',
    from: undefined,
    to: undefined,
    ratePerSecond: DEFAULT_RECOVERY_RATE,
  });

  function span(): { from: Date | undefined; to: Date | undefined } {
    if (form.range === 'custom') return { from: form.from, to: form.to };
    const now = Date.now();
    return { from: new Date(now - RANGE_PRESETS[form.range]), to: new Date(now) };
  }

  /** Undefined without a valid time range. */
  function requestNow(): RecoverRequest | undefined {
    const { from, to } = span();
    if (from === undefined || to === undefined || from >= to) return undefined;
    const { status, ratePerSecond } = form;
    return { from: from.toISOString(), to: to.toISOString(), status, ratePerSecond };
  }

  const submission = useFormSubmission({
    owners: ['/from', '/to', '/ratePerSecond'],
    faults: () => ({ '/from': requestNow() ? '' : t('recoveries.rangeNeeded') }),
    send: async () => {
      const request = requestNow();
      if (request) await send(request);
    },
  });
  return { form, request: computed(requestNow), ...submission };
}
