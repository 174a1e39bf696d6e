/** The alert list's filters: how they stand in the URL, and what of them the API is asked for. */
import { listAlertsQuerySchema, type AlertStatus } from '@im/contracts/api/alerts';
import type { Query } from '../../../shared/http/client.js';

export const ALERT_FILTER_NAMES = ['status', 'severity', 'rule', 'webhookId'] as const;
export type AlertFilterName = (typeof ALERT_FILTER_NAMES)[number];

/** Open alerts are what a person comes for, so the plain address shows them. */
const DEFAULT_TAB = 'open';
export const ALERT_TABS = ['open', 'acknowledged', 'resolved', 'all'] as const satisfies (
  AlertStatus | 'all'
)[];
export type AlertTab = (typeof ALERT_TABS)[number];

export interface AlertFilters {
  tab: AlertTab;
  severity: string;
  rule: string;
  webhookId: string;
}

/** Takes the filters out of the URL; a value that the API would refuse counts as not set. */
export function readAlertFilters(values: Record<AlertFilterName, string>): AlertFilters {
  const { shape } = listAlertsQuerySchema;
  const valid = (name: 'severity' | 'rule' | 'webhookId') =>
    shape[name].safeParse(values[name]).success ? values[name] : '';
  return {
    tab: ALERT_TABS.find((tab) => tab === values.status) ?? DEFAULT_TAB,
    severity: valid('severity'),
    rule: valid('rule'),
    webhookId: valid('webhookId'),
  };
}

/** The tab as the URL's `status`; the default one is not written. */
export function statusOfTab(tab: string): string {
  return tab === DEFAULT_TAB ? '' : tab;
}

export function toAlertsQuery({ tab, severity, rule, webhookId }: AlertFilters): Query {
  return { status: tab === 'all' ? undefined : tab, severity, rule, webhookId };
}

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ severity, rule, webhookId }: AlertFilters): boolean {
  return severity !== '' || rule !== '' || webhookId !== '';
}
