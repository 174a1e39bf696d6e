import type { Alert } from '@im/contracts/api/alerts';
import type { AlertRow } from './data/alert-columns.js';
import { deliveriesBehind } from './domain/deliveries-behind.js';

export function presentAlert(row: AlertRow, appKey: string): Alert {
  return {
    ...row,
    appKey,
    deliveries: deliveriesBehind(row),
    openedAt: row.openedAt.toISOString(),
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}
