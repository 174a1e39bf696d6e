import type { Alert } from '@im/contracts/api/alerts';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import type { AlertRow } from './domain/alert-row.js';
import { deliveriesBehind } from './domain/deliveries-behind.js';

export function presentAlert(row: AlertRow, appKey: string): Alert {
  const { webhookUrl } = row.detail;
  return {
    ...row,
    // Earlier versions stored it whole.
    ...(webhookUrl !== undefined && { detail: { ...row.detail, webhookUrl: maskCallbackUrl(webhookUrl) } }),
    appKey,
    deliveries: deliveriesBehind(row),
    openedAt: row.openedAt.toISOString(),
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}
