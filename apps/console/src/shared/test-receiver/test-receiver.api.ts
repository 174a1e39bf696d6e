import type { TestReceiverMode } from '@im/contracts/api/test-receiver-constants';
import { call } from '../http/call.js';

export const getTestReceiver = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/test-receiver', { params: { appKey }, signal });
export const createTestReceiver = (appKey: string) =>
  call('POST /apps/{appKey}/test-receiver', { params: { appKey } });
export const setTestReceiverMode = (appKey: string, mode: TestReceiverMode) =>
  call('PATCH /apps/{appKey}/test-receiver', { params: { appKey }, body: { mode } });

export const listWebhooks = (appKey: string) =>
  call('GET /apps/{appKey}/webhooks', { params: { appKey }, query: { limit: 200 } });
export const createWebhook = (appKey: string, url: string, name: string) =>
  call('POST /apps/{appKey}/webhooks', { params: { appKey }, body: { url, name } });

export const submitEvent = (appKey: string, event: string, data: Record<string, unknown>) =>
  call('POST /apps/{appKey}/events', { params: { appKey }, body: { event, data } });
export const deliveriesOfEvent = (appKey: string, eventId: string) =>
  call('GET /apps/{appKey}/deliveries', { params: { appKey }, query: { eventId, limit: 1 } });
