import { call } from '../../shared/http/call.js';

/** Enough to know whether there is none, one, or more. */
export const listFirstApps = (signal: AbortSignal) => call('GET /apps', { query: { limit: 2 }, signal });
/** The newest delivery of a real event. */
export const newestDelivery = (appKey: string, status: 'success' | '', signal: AbortSignal) =>
  call('GET /apps/{appKey}/deliveries', {
    params: { appKey },
    query: { kind: 'event', limit: 1, status },
    signal,
  });
