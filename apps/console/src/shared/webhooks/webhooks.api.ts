import type { DisableWebhookRequest } from '@im/contracts/api/webhook-state';
import type { Webhook } from '@im/contracts/api/webhooks';
import { call } from '../http/call.js';

export const getWebhook = (appKey: string, webhookId: string, signal?: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}', { params: { appKey, webhookId }, signal });
/** For choosing webhooks by their names. */
export const listWebhookNames = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/webhooks', { params: { appKey }, query: { limit: 200 }, signal });
export const revealWebhookUrl = (appKey: string, webhookId: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/url/reveal', { params: { appKey, webhookId } });

const idsOf = ({ appKey, webhookId }: Webhook) => ({ appKey, webhookId });

/** @param webhook as the caller last loaded it, here and below */
export const enableWebhook = (webhook: Webhook) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/enable', {
    params: idsOf(webhook),
    ifRevision: webhook.revision,
  });
export const disableWebhook = (webhook: Webhook, waiting: DisableWebhookRequest['waiting']) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/disable', {
    params: idsOf(webhook),
    body: { waiting },
    ifRevision: webhook.revision,
  });
export const pauseWebhook = (webhook: Webhook) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/pause', {
    params: idsOf(webhook),
    ifRevision: webhook.revision,
  });
export const resumeWebhook = (webhook: Webhook) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/resume', { params: idsOf(webhook) });
export const sendAllNow = (webhook: Webhook) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/send-now', { params: idsOf(webhook) });

/** Newest first. */
export const latestRevisions = (webhook: Webhook) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/revisions', {
    params: idsOf(webhook),
    query: { limit: 20 },
  });
export const oneSkippedSince = (webhook: Webhook, from: string) =>
  call('GET /apps/{appKey}/webhooks/{webhookId}/deliveries', {
    params: idsOf(webhook),
    query: { status: 'skipped', from, limit: 1 },
  });
export const recoverSkipped = (webhook: Webhook, from: string, to: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/recover', {
    params: idsOf(webhook),
    body: { status: 'skipped', from, to },
  });
