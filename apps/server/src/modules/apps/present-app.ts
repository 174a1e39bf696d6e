import type { App, AppSummary } from '@im/contracts/api/apps';
import type { AppRow } from './data/app.entity.js';
import type { AppSummaryRow } from './data/apps.repository.js';

type ShownApp = Omit<AppRow, 'secretCiphertext' | 'deletedAt'>;

export function presentApp(app: ShownApp): App {
  return {
    appKey: app.appKey,
    name: app.name,
    packageName: app.packageName,
    description: app.description,
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}

export function presentAppSummary(row: AppSummaryRow): AppSummary {
  const settled = row.succeeded + row.failed;
  return {
    ...presentApp(row),
    webhookCount: row.webhookCount,
    openAlertCount: row.openAlertCount,
    last24Hours: {
      total: row.planned,
      succeeded: row.succeeded,
      failed: row.failed,
      successRate: settled === 0 ? null : row.succeeded / settled,
    },
  };
}
