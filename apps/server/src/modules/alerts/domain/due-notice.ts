/** A notice that is due: what became of an alert, for people who want to be notified. */
import type { AlertDetail, AlertSeverity } from '@im/contracts/api/alerts';
import type { AlertStep } from './alert-notice.js';
import type { AlertRow } from './alert-row.js';

export interface DueNotice {
  noticeId: string;
  app: { appId: string; appKey: string; name: string; tenantId: string };
  /** The gravest of what it tells. */
  severity: AlertSeverity;
  createdAt: Date;
  /** A step of one alert, or everything that quiet hours held back. */
  told: StepNotice | SummaryNotice;
}

export interface StepNotice {
  kind: AlertStep;
  /** As it stands now; it may have gone on since. */
  alert: AlertRow;
  /** The figures as they were when it happened. */
  detail: AlertDetail;
}

export interface SummaryNotice {
  kind: 'summary';
  /** How many alerts had steps that were held back, and how many of them are unresolved now. */
  total: number;
  unresolved: number;
  /** Some of them, as they stand now: unresolved before resolved, critical before warning, newest first. */
  alerts: AlertRow[];
}
