/** Links to what an alert is about: deliveries, or a source. */
import type { Alert, AlertDeliveries } from '@im/contracts/api/alerts';
import type { MessageKey } from '../../../i18n/i18n.js';
import { paths } from '../../../shared/navigation/paths.js';

export interface PageLink {
  path: string;
  query: Record<string, string>;
}

/** The source, with what helps: what to check while it sends nothing, or its requests. null: the alert is about a webhook. */
export function sourceLink({
  appKey,
  sourceId,
  rule,
}: Pick<Alert, 'appKey' | 'sourceId' | 'rule'>): PageLink | null {
  if (sourceId === null) return null;
  const tab = rule === 'source_silent' ? 'checklist' : 'requests';
  return { path: paths.source(appKey, sourceId), query: { tab } };
}

/** The most relevant delivery, opened in its log; null when none is known. */
export function deliveryLink(alert: Pick<Alert, 'appKey' | 'webhookId' | 'detail'>): PageLink | null {
  const deliveryId = alert.detail.oldestDeliveryId ?? alert.detail.lastDeliveryId;
  return deliveryId === undefined ? null : { path: logOf(alert), query: { open: deliveryId } };
}

/** The log, narrowed to the deliveries behind the alert. */
export function logLink(alert: Pick<Alert, 'appKey' | 'webhookId' | 'deliveries'>): PageLink {
  return { path: logOf(alert), query: { ...alert.deliveries } };
}

/** What the log then shows. */
export function logLinkText({ status, from, kind }: AlertDeliveries): MessageKey {
  if (kind === 'before') return 'alerts.beforeDeliveries';
  if (status === 'failed') return 'alerts.failedDeliveries';
  if (status === 'pending') return 'alerts.pendingDeliveries';
  return from === undefined ? 'deliveries.title' : 'alerts.windowDeliveries';
}

function logOf({ appKey, webhookId }: Pick<Alert, 'appKey' | 'webhookId'>): string {
  return webhookId === null ? paths.appDeliveries(appKey) : paths.deliveries(appKey, webhookId);
}
