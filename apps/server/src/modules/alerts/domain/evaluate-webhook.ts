/** Decides what a webhook's state means for its alerts: takes facts, returns changes as data, does nothing itself. */
import {
  CONSECUTIVE_FAILURE_THRESHOLDS,
  type AlertDetail,
  type AlertRule,
  type AlertSeverity,
} from '@im/contracts/api/alerts';
import type { DisabledReason } from '@im/contracts/api/webhooks';

export interface WebhookFacts {
  name: string;
  url: string;
  isDeleted: boolean;
  /** null while it is enabled. */
  disabledReason: DisabledReason | null;
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

export type AlertChange =
  /** `isOver`: it began and ended since the last look; it is opened and resolved at once, so that nothing passes unseen. */
  | { kind: 'open'; rule: AlertRule; severity: AlertSeverity; detail: AlertDetail; isOver: boolean }
  | { kind: 'update'; alertId: string; severity: AlertSeverity; isEscalation: boolean; detail: AlertDetail }
  | { kind: 'resolve'; alertId: string; severity: AlertSeverity };

interface Condition {
  rule: AlertRule;
  /** null: the condition does not hold (any more). */
  severity: AlertSeverity | null;
  /** It began and ended since the last look. */
  isOver: boolean;
  detail: AlertDetail;
}

/** One unresolved alert per rule and webhook: it escalates instead of multiplying, and ends with its condition. */
export function evaluateWebhook(
  facts: WebhookFacts,
  unresolved: readonly UnresolvedAlert[],
  dismissed: readonly DismissedAlert[],
): AlertChange[] {
  return conditionsOf(facts).flatMap((condition) => {
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

function conditionsOf(facts: WebhookFacts): Condition[] {
  const base: AlertDetail = {
    webhookName: facts.name,
    webhookUrl: facts.url,
    ...(facts.lastErrorClass !== null && { lastErrorClass: facts.lastErrorClass }),
    ...(facts.lastResponseStatus !== null && { lastResponseStatus: facts.lastResponseStatus }),
  };
  const failedDelivery = facts.lastFailedDeliveryId !== null && {
    lastDeliveryId: facts.lastFailedDeliveryId,
  };
  const exhaustedDelivery = facts.lastExhaustedDeliveryId !== null && {
    lastDeliveryId: facts.lastExhaustedDeliveryId,
  };
  // A person who disabled it needs no alert about that.
  const disabledReason = facts.disabledReason === 'by_person' ? null : facts.disabledReason;
  const holds = (severity: AlertSeverity | null) => (facts.isDeleted ? null : severity);
  return [
    {
      rule: 'consecutive_failures',
      severity: holds(severityOfFailures(facts.consecutiveFailures)),
      isOver: false,
      detail: { ...base, ...failedDelivery, consecutiveFailures: facts.consecutiveFailures },
    },
    {
      rule: 'delivery_exhausted',
      severity: holds(facts.exhaustedSinceSuccess + facts.newlyExhausted > 0 ? 'critical' : null),
      isOver: facts.exhaustedSinceSuccess === 0,
      detail: {
        ...base,
        ...exhaustedDelivery,
        exhaustedDeliveries: Math.max(facts.exhaustedSinceSuccess, facts.newlyExhausted),
      },
    },
    {
      rule: 'webhook_disabled',
      severity: holds(disabledReason === null ? null : 'critical'),
      isOver: false,
      detail: { ...base, ...failedDelivery, ...(disabledReason !== null && { disabledReason }) },
    },
  ];
}

function severityOfFailures(consecutiveFailures: number): AlertSeverity | null {
  if (consecutiveFailures >= CONSECUTIVE_FAILURE_THRESHOLDS.critical) return 'critical';
  return consecutiveFailures >= CONSECUTIVE_FAILURE_THRESHOLDS.warning ? 'warning' : null;
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

/** What a person closed stays closed until it gets worse, happens anew, or the webhook recovered in between. */
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
  const isSameEpisode = facts.failingSince !== null && last.openedAt >= facts.failingSince;
  const isWorse = last.severity === 'warning' && severity === 'critical';
  return isSameEpisode && !isWorse;
}
