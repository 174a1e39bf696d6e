import type { CreateEventTypeRequest, UpdateEventTypeRequest } from '@im/contracts/api/event-types';
import { call } from '../../shared/http/call.js';

export const listEventTypeUsage = (signal: AbortSignal) => call('GET /event-type-usage', { signal });
export const getEventTypeUsage = (eventName: string, signal?: AbortSignal) =>
  call('GET /event-type-usage/{eventName}', { params: { eventName }, signal });
/** With the digits of its numbers as they were written. */
export const getEventType = (eventName: string, signal?: AbortSignal) =>
  call('GET /event-types/{eventName}', { params: { eventName }, isExact: true, signal });
export const createEventType = (body: CreateEventTypeRequest) => call('POST /event-types', { body });
export const updateEventType = (eventName: string, body: UpdateEventTypeRequest) =>
  call('PATCH /event-types/{eventName}', { params: { eventName }, body });
export const deleteEventType = (eventName: string) =>
  call('DELETE /event-types/{eventName}', { params: { eventName } });
export const listEventTypePacks = (signal: AbortSignal) => call('GET /event-type-packs', { signal });
export const installEventTypePack = (packName: string) =>
  call('POST /event-type-packs/{packName}/install', { params: { packName } });
