/** What is to be done about an alert: decided in the domain, carried out in data/. */
import type { AlertDetail, AlertRule, AlertSeverity } from '@im/contracts/api/alerts';

export type AlertChange =
  /** `isOver`: it began and ended since the last look; it is opened and resolved at once, so that nothing passes unseen. */
  | { kind: 'open'; rule: AlertRule; severity: AlertSeverity; detail: AlertDetail; isOver: boolean }
  | { kind: 'update'; alertId: string; severity: AlertSeverity; isEscalation: boolean; detail: AlertDetail }
  /** Its condition is gone from now on: it is resolved when it stays away, or may be raised again. */
  | { kind: 'lull'; alertId: string }
  | { kind: 'resolve'; alertId: string; severity: AlertSeverity };
