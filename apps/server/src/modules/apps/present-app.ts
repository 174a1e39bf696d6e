import type { App, AppSummary } from '@im/contracts/api/apps';
import type { ShownAppRow } from './data/app.entity.js';
import type { AppSummaryRow } from './data/apps.repository.js';
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
  const settled = row.succeeded + row.failed;
  return {
    ...presentApp(row, now),
    webhookCount: row.webhookCount,
    openAlertCount: row.openAlertCount,
    last24Hours: {
      total: row.total,
      succeeded: row.succeeded,
      failed: row.failed,
      successRate: settled === 0 ? null : row.succeeded / settled,
    },
  };
}
