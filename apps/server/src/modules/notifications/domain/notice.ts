/** Describes the content of a notification: alerts as they were when something happened to them. */
import type { AlertDetail, AlertRule, AlertSeverity, AlertStatus } from '@im/contracts/api/alerts';
import type { NotificationKind } from '@im/contracts/api/notification-channels';

/** Instants are ISO 8601 texts, since it is kept as JSON. */
export interface NoticedAlert {
  alertId: string;
  rule: AlertRule;
  severity: AlertSeverity;
  status: AlertStatus;
  webhookId: string | null;
  /** Absent in notices that an earlier version stored. */
  sourceId?: string | null;
  detail: AlertDetail;
  openedAt: string;
  resolvedAt: string | null;
  /** A person, or AUTOMATIC_RESOLVER. */
  resolvedBy: string | null;
}

export interface NoticeContent {
  app: { appKey: string; name: string };
  /** One, or of a summary some. */
  alerts: NoticedAlert[];
  /** Of a summary: how many alerts there were, and how many of them are unresolved. */
  counts: { total: number; unresolved: number } | null;
}

export interface Notice {
  notificationId: string;
  kind: NotificationKind;
  /** The highest severity among its alerts. */
  severity: AlertSeverity;
  /** When this happened. */
  at: Date;
  /** The attempt that is made; counts from 1. */
  attempt: number;
  content: NoticeContent;
}
