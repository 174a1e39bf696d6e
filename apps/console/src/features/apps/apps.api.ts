import type { CreateAppRequest, UpdateAppRequest } from '@im/contracts/api/apps';
import { call } from '../../shared/http/call.js';

export const listApps = (signal: AbortSignal, cursor?: string) =>
  call('GET /apps', { query: { limit: 200, cursor }, signal });
/** Enough to know whether there is one or more. */
export const listFewApps = (signal: AbortSignal) => call('GET /apps', { query: { limit: 2 }, signal });
export const createApp = (body: CreateAppRequest) => call('POST /apps', { body });
export const updateApp = (appKey: string, body: UpdateAppRequest) =>
  call('PATCH /apps/{appKey}', { params: { appKey }, body });
export const deleteApp = (appKey: string) => call('DELETE /apps/{appKey}', { params: { appKey } });
