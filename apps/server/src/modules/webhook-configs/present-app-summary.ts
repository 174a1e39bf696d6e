import type { AppSummary } from '@im/contracts/api/apps';
import { presentApp } from '../apps/present-app.js';
import { attemptsOf, successRatesOf } from '../delivery-store/domain/success-rates.js';
import { HEALTHS, type AppSummaryRow } from './data/app-summaries.repository.js';

export function presentAppSummary(row: AppSummaryRow, now: Date): AppSummary {
  return {
    ...presentApp(row, now),
    webhookCount: row.webhookCount,
    openAlertCount: row.openAlertCount,
    incidentCount: row.incidentCount,
    last24Hours: {
      total: row.total,
      succeeded: row.succeeded,
      failed: row.failed,
      attempts: attemptsOf(row),
      ...successRatesOf(row),
    },
    webhookHealth: {
      worst: row.worst === null ? null : (HEALTHS[row.worst] ?? null),
      unwell: row.unwell,
      pending: row.pending,
    },
  };
}
