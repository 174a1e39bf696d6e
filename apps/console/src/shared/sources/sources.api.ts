import { call } from '../http/call.js';

/** For choosing sources by their names: an app has at most 50. */
export const listSourceNames = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/sources', { params: { appKey }, query: { limit: 50 }, signal });
