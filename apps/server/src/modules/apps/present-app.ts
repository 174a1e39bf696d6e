import type { App, AppSummary } from '@im/contracts/api/apps';
import type { ShownAppRow } from './data/app.entity.js';
import { attemptsOf, successRatesOf } from '../delivery-store/domain/success-rates.js';
import { HEALTHS, type AppSummaryRow } from './data/app-summaries.js';
import { describeRotation } from './domain/secret-rotation.js';

export function presentApp(app: ShownAppRow, now: Date): App {
  return {
    appKey: app.appKey,
    name: app.name,
    packageName: app.packageName,
    description: app.description,
    retention: { eventsDays: app.retainEventsDays, logsDays: app.retainLogsDays },
    secretRotation: describeRotation(app, now),
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}

export function presentAppSummary(row: AppSummaryRow, now: Date): AppSummary {
  return {
    ...presentApp(row, now),
    webhookCount: row.webhookCount,
    openAlertCount: row.openAlertCount,
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
