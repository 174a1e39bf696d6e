import { call } from '../../shared/http/call.js';

export const listEventTypeUsage = (signal: AbortSignal) => call('GET /event-type-usage', { signal });
export const getEventTypeUsage = (eventName: string, signal?: AbortSignal) =>
  call('GET /event-type-usage/{eventName}', { params: { eventName }, signal });
/** With the digits of its numbers as they were written. */
export const getEventType = (eventName: string, signal?: AbortSignal) =>
  call('GET /event-types/{eventName}', { params: { eventName }, isExact: true, signal });
export const deleteEventType = (eventName: string) =>
  call('DELETE /event-types/{eventName}', { params: { eventName } });
export const listEventTypePacks = (signal: AbortSignal) => call('GET /event-type-packs', { signal });
export const installEventTypePack = (packName: string) =>
  call('POST /event-type-packs/{packName}/install', { params: { packName } });
