/** Describes changes of alerts: decided in the domain, stored in data/. */
import type { AlertDetail, AlertRule, AlertSeverity } from '@im/contracts/api/alerts';

/** What an alert is about. */
export type AlertSubject = { webhookId: string } | { sourceId: string };

export interface SubjectChange {
  subject: AlertSubject;
  change: AlertChange;
}

export type AlertChange =
  /** `isOver`: it began and ended since the last evaluation; it is opened and resolved at once, so that it is seen. */
  | { kind: 'open'; rule: AlertRule; severity: AlertSeverity; detail: AlertDetail; isOver: boolean }
  | { kind: 'update'; alertId: string; severity: AlertSeverity; isEscalation: boolean; detail: AlertDetail }
  /** Its condition has ended: the alert is resolved if it does not return within the clear period. */
  | { kind: 'clearing'; alertId: string }
  | { kind: 'resolve'; alertId: string; severity: AlertSeverity };
