import type { AskReceiverRequest } from '@im/contracts/api/before';
import type {
  CreateWebhookRequest,
  TestWebhookRequest,
  UpdateWebhookRequest,
  Webhook,
} from '@im/contracts/api/webhooks';
import type { QueryOf } from '@im/contracts/routes/route-types';
import { call } from '../../shared/http/call.js';

export const listWebhooks = (appKey: string, cursor: string | undefined, signal: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks', { params: { appKey }, query: { limit: 100, cursor }, signal });
export const createWebhook = (appKey: string, body: CreateWebhookRequest) =>
  call('POST /apps/{appKey}/webhooks', { params: { appKey }, body });
/** @param webhook as the caller saw it */
export const updateWebhook = ({ appKey, webhookId, revision }: Webhook, body: UpdateWebhookRequest) =>
  call('PATCH /apps/{appKey}/webhooks/{webhookId}', {
    params: { appKey, webhookId },
    body,
    ifRevision: revision,
  });
export const deleteWebhook = ({ appKey, webhookId, revision }: Webhook) =>
  call('DELETE /apps/{appKey}/webhooks/{webhookId}', {
    params: { appKey, webhookId },
    ifRevision: revision,
  });
export const listRevisions = (
  appKey: string,
  webhookId: string,
  cursor: string | undefined,
  signal?: AbortSignal,
) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/revisions', {
    params: { appKey, webhookId },
    query: { limit: 20, cursor },
    signal,
  });
export const getWebhookStatistics = (
  appKey: string,
  webhookId: string,
  query: QueryOf<'GET /apps/{appKey}/webhooks/{webhookId}/stats'>,
  signal: AbortSignal,
) => call('GET /apps/{appKey}/webhooks/{webhookId}/stats', { params: { appKey, webhookId }, query, signal });
/** Of the last 24 hours, of an app with each of its webhooks. */
export const getHourlyStatistics = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/stats', { params: { appKey }, query: { period: 'hour' }, signal });
export const testWebhook = (appKey: string, webhookId: string, body: TestWebhookRequest) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/test', { params: { appKey, webhookId }, body });
/** Changes come digit by digit. */
export const askReceiver = (appKey: string, eventName: string, body: AskReceiverRequest) =>
  call('POST /apps/{appKey}/before/{eventName}', { params: { appKey, eventName }, body, isExact: true });
export const getBeforeStatistics = (appKey: string, webhookId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/before-stats', { params: { appKey, webhookId }, signal });
/** The example payload of a built-in event, or of one of the tenant's. */
export const getEventExample = async (eventName: string) =>
  (await call('GET /event-types/{eventName}', { params: { eventName }, isExact: true })).example;
export const checkUpWebhook = (appKey: string, webhookId: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/checkup', { params: { appKey, webhookId } });
export const revealWebhookSecret = (appKey: string, webhookId: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/secret/reveal', { params: { appKey, webhookId } });
