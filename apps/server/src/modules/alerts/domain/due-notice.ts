/** Describes a notice that is due, as the notifications module gets it. */
import type { AlertDetail, AlertSeverity } from '@im/contracts/api/alerts';
import type { AlertStep } from './alert-notice.js';
import type { AlertRow } from './alert-row.js';

export interface DueNotice {
  noticeId: string;
  app: { appId: string; appKey: string; name: string; tenantId: string };
  /** The highest severity in it. */
  severity: AlertSeverity;
  createdAt: Date;
  /** A step of one alert, or a summary of what quiet hours deferred. */
  subject: StepNotice | SummaryNotice;
}

export interface StepNotice {
  kind: AlertStep;
  /** As it is now, later than the step. */
  alert: AlertRow;
  /** The figures as they were when it happened. */
  detail: AlertDetail;
}

export interface SummaryNotice {
  kind: 'summary';
  /** How many alerts had deferred steps, and how many of them are unresolved now. */
  total: number;
  unresolved: number;
  /** Some of them, as they are now: unresolved before resolved, critical before warning, newest first. */
  alerts: AlertRow[];
}
