/** Reads the alert list's filters from the URL, and makes a query of them. */
import { ALERT_RULES, ALERT_SEVERITIES } from '@im/contracts/api/alert-constants';
import type { AlertStatus } from '@im/contracts/api/alerts';
import { isUuid, keepValid, oneOf, type Checked } from '../../../shared/http/query-checks.js';
import type { AlertsQuery } from '../alerts.api.js';

export const ALERT_FILTER_NAMES = ['status', 'severity', 'rule', 'webhookId'] as const;
export type AlertFilterName = (typeof ALERT_FILTER_NAMES)[number];

/** The plain address shows open alerts, the most needed ones. */
const DEFAULT_TAB = 'open';
export const ALERT_TABS = ['open', 'acknowledged', 'resolved', 'all'] as const satisfies (
  AlertStatus | 'all'
)[];
export type AlertTab = (typeof ALERT_TABS)[number];

const CHECKS = { severity: oneOf(ALERT_SEVERITIES), rule: oneOf(ALERT_RULES), webhookId: isUuid };

export interface AlertFilters extends Checked<typeof CHECKS> {
  tab: AlertTab;
}

/** Reads the filters from the URL; a value that the API would refuse counts as not set. */
export function readAlertFilters(values: Record<AlertFilterName, string>): AlertFilters {
  return {
    tab: ALERT_TABS.find((tab) => tab === values.status) ?? DEFAULT_TAB,
    ...keepValid(CHECKS, values),
  };
}

/** The tab as the URL's `status`; the default one is not written. */
export function statusOfTab(tab: string): string {
  return tab === DEFAULT_TAB ? '' : tab;
}

export function toAlertsQuery({ tab, severity, rule, webhookId }: AlertFilters): AlertsQuery {
  return { status: tab === 'all' ? undefined : tab, severity, rule, webhookId };
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ severity, rule, webhookId }: AlertFilters): boolean {
  return severity !== '' || rule !== '' || webhookId !== '';
}
