import type { RecoverableStatus, RecoverRequest } from '@im/contracts/api/recoveries';
import { DEFAULT_RECOVERY_RATE } from '@im/contracts/api/delivery-constants';
import { reactive } from 'vue';
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

const EARLIEST = new Date(0);

/** What is to be recovered. @param send starts it */
export function useRecoverForm(
  send: (request: RecoverRequest) => Promise<void>,
): FormSubmission & { form: RecoverForm } {
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

  const submission = useFormSubmission({
    owners: ['/from', '/to', '/ratePerSecond'],
    faults: () => {
      const { from, to } = span();
      const isSpan = from !== undefined && to !== undefined && from < to;
      return { '/from': isSpan ? '' : t('recoveries.rangeNeeded') };
    },
    send: () => {
      const { from = EARLIEST, to = EARLIEST } = span();
      const { status, ratePerSecond } = form;
      return send({ from: from.toISOString(), to: to.toISOString(), status, ratePerSecond });
    },
  });
  return { form, ...submission };
}
