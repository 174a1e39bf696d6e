/** Calls of the form alone: shared with the list, they would be loaded with the login. */
import type { CreateEventTypeRequest, UpdateEventTypeRequest } from '@im/contracts/api/event-types';
import { call } from '../../shared/http/call.js';

export const createEventType = (body: CreateEventTypeRequest) => call('POST /event-types', { body });
export const updateEventType = (eventName: string, body: UpdateEventTypeRequest) =>
  call('PATCH /event-types/{eventName}', { params: { eventName }, body });
