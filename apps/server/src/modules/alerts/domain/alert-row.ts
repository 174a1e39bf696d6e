/** Describes an alert as it is stored. */
import type { AlertDetail, AlertRule, AlertSeverity, AlertStatus } from '@im/contracts/api/alerts';

export interface AlertRow {
  alertId: string;
  rule: AlertRule;
  severity: AlertSeverity;
  status: AlertStatus;
  webhookId: string | null;
  sourceId: string | null;
  detail: AlertDetail;
  openedAt: Date;
  escalatedAt: Date | null;
  acknowledgedAt: Date | null;
  acknowledgedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
}
