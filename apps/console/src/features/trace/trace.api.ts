import type { TraceKey, TracePage } from '@im/contracts/api/trace';
import { call } from '../../shared/http/call.js';

/** Events of one answer: the most that the API gives at once. */
const EVENTS_A_PAGE = 20;

export const traceEvents = (
  appKey: string,
  key: TraceKey,
  id: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<TracePage> =>
  call('GET /apps/{appKey}/trace', {
    params: { appKey },
    query: { [key]: id, limit: EVENTS_A_PAGE, cursor: cursor ?? '' },
    signal,
  });

/** The newest event of the app, if any is kept. */
export const latestEvent = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/events', { params: { appKey }, query: { limit: 1 }, signal });
