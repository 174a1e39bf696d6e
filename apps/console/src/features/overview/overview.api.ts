import type { Webhook } from '@im/contracts/api/webhooks';
import type { QueryOf } from '@im/contracts/routes/route-types';
import { call } from '../../shared/http/call.js';

/** Of webhooks: at most this many pages are loaded for the state of an app. */
const MAX_PAGES = 5;

export interface LoadedWebhooks {
  webhooks: Webhook[];
  /** There is none besides them. */
  areAll: boolean;
}

/** Up to 1,000 webhooks with their state. */
export async function loadWebhooks(appKey: string, signal: AbortSignal): Promise<LoadedWebhooks> {
  const webhooks: Webhook[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const query: QueryOf<'GET /apps/{appKey}/webhooks'> = { limit: 200, ...(cursor && { cursor }) };
    const { data, page } = await call('GET /apps/{appKey}/webhooks', { params: { appKey }, query, signal });
    webhooks.push(...data);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return { webhooks, areAll: cursor === null };
}

export const getStatistics = (
  appKey: string,
  query: QueryOf<'GET /apps/{appKey}/stats'>,
  signal: AbortSignal,
) => call('GET /apps/{appKey}/stats', { params: { appKey }, query, signal });
/** What has waited for longest. */
export const oldestWaiting = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/deliveries', {
    params: { appKey },
    query: { status: 'pending', order: 'asc', limit: 1 },
    signal,
  });

/** Of statistics: their first bucket's beginning, and their last one's end. */
export interface Span {
  from: string;
  to: string;
}

export const getFailureCauses = (appKey: string, { from, to }: Span, signal: AbortSignal) =>
  call('GET /apps/{appKey}/stats/causes', { params: { appKey }, query: { from, to }, signal });
export const listChanges = (appKey: string, { from, to }: Span, signal: AbortSignal) =>
  call('GET /apps/{appKey}/changes', { params: { appKey }, query: { from, to }, signal });
export const getAlertRules = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/alert-rules', { params: { appKey }, signal });
