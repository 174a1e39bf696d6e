/** Where the deliveries behind an alert are. */
import type { Alert } from '@im/contracts/api/alerts';
import { paths } from '../../../shared/navigation/paths.js';

export interface PageLink {
  path: string;
  query: Record<string, string>;
}

/** The newest delivery behind it, opened in its log; null when none is known. */
export function lastDeliveryLink(alert: Pick<Alert, 'appKey' | 'webhookId' | 'detail'>): PageLink | null {
  const { lastDeliveryId } = alert.detail;
  return lastDeliveryId === undefined ? null : { path: logOf(alert), query: { open: lastDeliveryId } };
}

/** Failures in a row are of deliveries that mostly still have attempts left, so these are not only the failed ones. */
export function logLink(alert: Pick<Alert, 'appKey' | 'webhookId' | 'rule'>): PageLink {
  return { path: logOf(alert), query: alert.rule === 'delivery_exhausted' ? { status: 'failed' } : {} };
}

function logOf({ appKey, webhookId }: Pick<Alert, 'appKey' | 'webhookId'>): string {
  return webhookId === null ? paths.appDeliveries(appKey) : paths.deliveries(appKey, webhookId);
}
