/** Reads the filters of past alerts from the URL. */
import { ALERT_RULES, ALERT_SEVERITIES } from '@im/contracts/api/alert-constants';
import { isUuid, keepValid, oneOf, type Checked } from '../../../shared/http/query-checks.js';

export const ALERT_FILTER_NAMES = ['severity', 'rule', 'webhookId'] as const;
export type AlertFilterName = (typeof ALERT_FILTER_NAMES)[number];

const CHECKS = { severity: oneOf(ALERT_SEVERITIES), rule: oneOf(ALERT_RULES), webhookId: isUuid };

export type AlertFilters = Checked<typeof CHECKS>;

/** Reads the filters from the URL; a value that the API would refuse counts as not set. */
export function readAlertFilters(values: Record<AlertFilterName, string>): AlertFilters {
  return keepValid(CHECKS, values);
}

/** Whether anything narrows the list. */
export function isNarrowed({ severity, rule, webhookId }: AlertFilters): boolean {
  return severity !== '' || rule !== '' || webhookId !== '';
}
