import type { Attempt } from '@im/contracts/api/deliveries';
import { useText } from '../../../i18n/i18n.js';

export interface AttemptText {
  /** `HTTP 500 · Receiver error` */
  outcomeOf: (attempt: Attempt) => string;
}

/** Says how an attempt ended. */
export function useAttemptText(): AttemptText {
  const { t } = useText();
  return {
    outcomeOf: ({ responseStatus, errorClass }) => {
      const status = responseStatus === null ? '' : `HTTP ${String(responseStatus)}`;
      const reason = errorClass === null ? '' : t(`errorClasses.name.${errorClass}`);
      return [status, reason].filter((part) => part !== '').join(' · ') || t('deliveries.noAnswer');
    },
  };
}
