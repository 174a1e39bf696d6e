import type { alerts as zhAlerts } from '../zh/alerts.js';

export const alerts: typeof zhAlerts = {
  title: 'Alerts',
  lead: 'Raised by themselves when a webhook is in trouble, and resolved by themselves when it recovers.',
  statusTabs: 'Status of the alerts',
  all: 'All',
  severity: 'Severity',
  rule: 'Rule',
  webhook: 'Webhook',
  rulesTitle: 'What raises an alert',
  ruleText: {
    consecutive_failures:
      'A webhook fails {warning} times in a row: warning. At {critical} it becomes critical, and deliveries are paused and only probed when several wait. Any success resolves it.',
    delivery_exhausted:
      'A delivery used up all its attempts without success. A later successful delivery resolves it.',
    webhook_disabled:
      'The receiver answered 410, or failed for days without one success, so the webhook was disabled. Enabling it again resolves it.',
  },
  ruleNote:
    'One webhook has at most one unresolved alert for each rule: it escalates when things get worse instead of multiplying.',
  detail: {
    consecutive_failures: '{total} failures in a row',
    delivery_exhausted: 'Deliveries given up: {total}',
    webhook_disabled: 'The webhook was disabled by itself',
    disabledBecause: {
      gone: 'The receiver wants nothing more; the webhook is disabled',
      failing: 'Not one success for days; the webhook is disabled',
    },
    withLast: '{what}; the last one: {last}',
    http: 'HTTP {status}',
    httpWithReason: 'HTTP {status}, {reason}',
  },
  openedAt: 'Opened',
  escalatedAt: 'Became critical',
  acknowledgedAt: 'Acknowledged',
  resolvedAt: 'Resolved',
  byPerson: 'by {name}',
  byItself: 'by itself',
  acknowledge: 'Acknowledge',
  acknowledged: 'Acknowledged; it stays under “Acknowledged” until it is resolved',
  resolve: 'Resolve',
  resolveTitle: 'Resolve alert',
  resolveConfirm:
    'Resolve the alert “{rule}” of {webhook}? It is raised again when it happens again or gets worse.',
  resolved: 'Alert resolved',
  supportCannotResolve: 'An admin or developer can resolve it',
  lastDelivery: 'Last failed delivery',
  failedDeliveries: 'Failed deliveries',
  ofAlert: '{action}: {rule}, {webhook}',
  emptyOpenTitle: 'No open alerts',
  emptyOpenText:
    'All is well. A webhook that fails {warning} times in a row, or a delivery that is given up, shows here.',
  emptyAcknowledgedTitle: 'No acknowledged alerts',
  emptyAcknowledgedText:
    'Acknowledge an alert to say that someone is on it; it stays here until it is resolved.',
  emptyResolvedTitle: 'No resolved alerts',
  emptyResolvedText: 'Alerts that ended, by themselves or by a person, are kept here.',
  emptyAllTitle: 'Never an alert',
  emptyAllText: 'A webhook that fails {warning} times in a row, or a delivery that is given up, shows here.',
  emptyFilteredTitle: 'No alert matches',
  emptyFilteredText: 'Change a filter, or clear them.',
};
