import type { QueryOf } from '@im/contracts/routes/route-types';
import { call } from '../../shared/http/call.js';

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
/** Of a span the newest that failed, or those that have waited for longest: what waits behind them was not tried yet. */
export const listUnwell = (
  appKey: string,
  query: { status: 'failed' | 'pending'; from: string; to?: string },
  signal: AbortSignal,
) =>
  call('GET /apps/{appKey}/deliveries', {
    params: { appKey },
    query: { ...query, order: query.status === 'pending' ? 'asc' : 'desc', limit: 200 },
    signal,
  });
export const listChanges = (appKey: string, query: { from: string; to?: string }, signal: AbortSignal) =>
  call('GET /apps/{appKey}/changes', { params: { appKey }, query, signal });
export const getAlertRules = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/alert-rules', { params: { appKey }, signal });
