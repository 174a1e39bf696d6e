/** Pages of the console that messages lead to. */
import type { MessageLink } from './message.js';
import type { NoticedAlert } from './notice.js';

/** @param alert limits the page to its webhook or rule and opens its tab; absent: the open alerts of the app */
export function alertsLink(
  label: string,
  appKey: string,
  publicUrl: string,
  alert?: Pick<NoticedAlert, 'status' | 'rule' | 'webhookId' | 'sourceId'>,
): MessageLink {
  const filters = new URLSearchParams();
  if (alert && alert.status !== 'open') filters.set('status', alert.status);
  if (alert?.webhookId) filters.set('webhookId', alert.webhookId);
  if (alert?.sourceId) filters.set('rule', alert.rule);
  return { label, url: pageOf(`${publicUrl}/apps/${encodeURIComponent(appKey)}/im-webhook-alerts`, filters) };
}

/** @param target.open the delivery to show */
export function deliveriesLink(
  label: string,
  { appKey, webhookId, open }: { appKey: string; webhookId: string; open: string | undefined },
  publicUrl: string,
): MessageLink {
  const page = `${publicUrl}/apps/${encodeURIComponent(appKey)}/im-webhooks/${encodeURIComponent(webhookId)}/deliveries`;
  return { label, url: pageOf(page, new URLSearchParams(open === undefined ? {} : { open })) };
}

export function sourceLink(label: string, appKey: string, sourceId: string, publicUrl: string): MessageLink {
  const page = `${publicUrl}/apps/${encodeURIComponent(appKey)}/sources/${encodeURIComponent(sourceId)}`;
  return { label, url: page };
}

function pageOf(page: string, filters: URLSearchParams): string {
  return filters.size === 0 ? page : `${page}?${filters.toString()}`;
}
