/** Decides what a webhook's state means for its alerts: facts in, changes out. */
import type { AlertRules } from '@im/contracts/api/alert-rules';
import type { AlertDetail, AlertRule, AlertSeverity } from '@im/contracts/api/alerts';
import type { DisabledReason } from '@im/contracts/api/webhooks';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { AlertChange } from './alert-change.js';

type StateRule = 'consecutive_failures' | 'delivery_exhausted' | 'webhook_disabled' | 'cannot_sign';

export interface WebhookFacts {
  name: string;
  /** Without its query, or masked; alerts show it masked to everybody. */
  url: string;
  isDeleted: boolean;
  /** null while it is enabled. */
  disabledReason: DisabledReason | null;
  /** Deliveries that wait for it; 0 unless the service itself disabled it. */
  waitingDeliveries: number;
  /** Since when its secrets, URL, headers or client certificate cannot be opened; null: they can. */
  unopenableSince: Date | null;
  /** When its configuration changed last: the service disabling it counts, as does a person enabling it. */
  configuredAt: Date;
  consecutiveFailures: number;
  /** When the first failure after the last success was recorded. */
  failingSince: Date | null;
  exhaustedSinceSuccess: number;
  /** Deliveries given up since the last evaluation; counts even when a success came in between. */
  newlyExhausted: number;
  lastFailedDeliveryId: string | null;
  lastExhaustedDeliveryId: string | null;
  lastErrorClass: string | null;
  lastResponseStatus: number | null;
}

export interface UnresolvedAlert {
  alertId: string;
  rule: AlertRule;
  severity: AlertSeverity;
}

/** The last alert of a rule that a person closed. */
export interface DismissedAlert {
  rule: AlertRule;
  severity: AlertSeverity;
  openedAt: Date;
}

interface Condition {
  rule: StateRule;
  /** null: the condition does not hold (any more). */
  severity: AlertSeverity | null;
  /** It began and ended since the last evaluation. */
  isOver: boolean;
  detail: AlertDetail;
}

/** One unresolved alert per rule and webhook: it escalates instead of multiplying, and ends with its condition. */
export function evaluateWebhook(
  facts: WebhookFacts,
  unresolved: readonly UnresolvedAlert[],
  dismissed: readonly DismissedAlert[],
  rules: AlertRules,
): AlertChange[] {
  return conditionsOf(facts, rules).flatMap((condition) => {
    const alert = unresolved.find((candidate) => candidate.rule === condition.rule);
    const { rule, severity, isOver, detail } = condition;
    if (alert && (severity === null || isOver)) {
      return [{ kind: 'resolve', alertId: alert.alertId, severity: alert.severity }];
    }
    if (severity === null) return [];
    if (alert) return [updateOf(alert, severity, detail)];
    return isDismissed(rule, severity, facts, dismissed)
      ? []
      : [{ kind: 'open', rule, severity, detail, isOver }];
  });
}

/** The detail for a webhook that the service disabled; when a person disabled it, no alert is needed. */
function disablingOf({
  disabledReason,
  waitingDeliveries,
}: WebhookFacts): Pick<AlertDetail, 'disabledReason' | 'waitingDeliveries'> | null {
  const isByService = disabledReason !== null && disabledReason !== 'by_person';
  return isByService ? { disabledReason, waitingDeliveries } : null;
}

/** The outcome of the last attempt. */
function baseOf(facts: WebhookFacts): AlertDetail {
  return {
    ...subjectOf(facts),
    ...(facts.lastErrorClass !== null && { lastErrorClass: facts.lastErrorClass }),
    ...(facts.lastResponseStatus !== null && { lastResponseStatus: facts.lastResponseStatus }),
  };
}

function subjectOf({ name, url }: WebhookFacts): Pick<AlertDetail, 'webhookName' | 'webhookUrl'> {
  return { webhookName: name, webhookUrl: maskCallbackUrl(url) };
}

function conditionsOf(facts: WebhookFacts, rules: AlertRules): Condition[] {
  const base = baseOf(facts);
  const failedDelivery = facts.lastFailedDeliveryId !== null && {
    lastDeliveryId: facts.lastFailedDeliveryId,
  };
  const exhaustedDelivery = facts.lastExhaustedDeliveryId !== null && {
    lastDeliveryId: facts.lastExhaustedDeliveryId,
  };
  const disabling = disablingOf(facts);
  const exhausted = Math.max(facts.exhaustedSinceSuccess, facts.newlyExhausted);
  const holds = (rule: StateRule, severity: AlertSeverity | null) =>
    facts.isDeleted || !rules[rule].enabled ? null : severity;
  const failures = severityOfFailures(facts.consecutiveFailures, rules.consecutive_failures);
  return [
    {
      rule: 'consecutive_failures',
      severity: holds('consecutive_failures', failures?.severity ?? null),
      isOver: false,
      detail: {
        ...base,
        ...failedDelivery,
        consecutiveFailures: facts.consecutiveFailures,
        ...(failures && { threshold: failures.threshold }),
      },
    },
    {
      rule: 'delivery_exhausted',
      severity: holds('delivery_exhausted', exhausted > 0 ? 'critical' : null),
      isOver: facts.exhaustedSinceSuccess === 0,
      detail: {
        ...base,
        ...exhaustedDelivery,
        exhaustedDeliveries: exhausted,
      },
    },
    {
      rule: 'webhook_disabled',
      severity: holds('webhook_disabled', disabling === null ? null : 'critical'),
      isOver: false,
      detail: { ...base, ...failedDelivery, ...disabling },
    },
    {
      rule: 'cannot_sign',
      severity: holds('cannot_sign', facts.unopenableSince === null ? null : 'critical'),
      isOver: false,
      // No attempt was made, so the outcome of the last one does not belong here.
      detail: subjectOf(facts),
    },
  ];
}

function severityOfFailures(
  consecutiveFailures: number,
  { warning, critical }: AlertRules['consecutive_failures'],
): { severity: AlertSeverity; threshold: number } | null {
  if (critical !== null && consecutiveFailures >= critical)
    return { severity: 'critical', threshold: critical };
  return consecutiveFailures >= warning ? { severity: 'warning', threshold: warning } : null;
}

/** Severity only ever rises while an alert is unresolved. */
function updateOf(alert: UnresolvedAlert, severity: AlertSeverity, detail: AlertDetail): AlertChange {
  const isEscalation = alert.severity === 'warning' && severity === 'critical';
  return {
    kind: 'update',
    alertId: alert.alertId,
    severity: isEscalation ? severity : alert.severity,
    isEscalation,
    detail,
  };
}

/** What a person closed stays closed until it gets worse, happens again, or the webhook recovered in between. */
function isDismissed(
  rule: AlertRule,
  severity: AlertSeverity,
  facts: WebhookFacts,
  dismissed: readonly DismissedAlert[],
): boolean {
  const last = dismissed.find((candidate) => candidate.rule === rule);
  if (!last) return false;
  if (rule === 'delivery_exhausted') return facts.newlyExhausted === 0;
  if (rule === 'webhook_disabled') return last.openedAt >= facts.configuredAt;
  if (rule === 'cannot_sign') {
    return facts.unopenableSince !== null && last.openedAt >= facts.unopenableSince;
  }
  const isSameEpisode = facts.failingSince !== null && last.openedAt >= facts.failingSince;
  const isWorse = last.severity === 'warning' && severity === 'critical';
  return isSameEpisode && !isWorse;
}
