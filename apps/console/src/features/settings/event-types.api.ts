import { call } from '../../shared/http/call.js';

export const listEventTypes = (cursor: string | undefined, signal: AbortSignal) =>
  call('GET /event-types', { query: { limit: 100, cursor }, signal });
export const listEventTypePacks = (signal: AbortSignal) => call('GET /event-type-packs', { signal });
export const installEventTypePack = (packName: string) =>
  call('POST /event-type-packs/{packName}/install', { params: { packName } });
