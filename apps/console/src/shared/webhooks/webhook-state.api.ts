import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { Recovery } from '@im/contracts/api/recoveries';
import type { DisableWebhookRequest, SentNow, WebhookState } from '@im/contracts/api/webhook-state';
import type { Webhook } from '@im/contracts/api/webhooks';
import { apiGetPage, apiPath, apiPost } from '../http/client.js';

const pathOf = ({ appKey, webhookId }: Webhook) => apiPath`/apps/${appKey}/webhooks/${webhookId}`;

/** @param webhook as the caller saw it, here and below */
export const enableWebhook = (webhook: Webhook) =>
  apiPost<WebhookState>(`${pathOf(webhook)}/enable`, {}, { ifRevision: webhook.revision });
export const disableWebhook = (webhook: Webhook, waiting: DisableWebhookRequest['waiting']) =>
  apiPost<WebhookState>(`${pathOf(webhook)}/disable`, { waiting }, { ifRevision: webhook.revision });
export const pauseWebhook = (webhook: Webhook) =>
  apiPost<WebhookState>(`${pathOf(webhook)}/pause`, {}, { ifRevision: webhook.revision });
export const resumeWebhook = (webhook: Webhook) => apiPost<WebhookState>(`${pathOf(webhook)}/resume`);
export const sendAllNow = (webhook: Webhook) => apiPost<SentNow>(`${pathOf(webhook)}/send-now`);

/** Newest first. */
export const latestRevisions = (webhook: Webhook) =>
  apiGetPage<WebhookRevision>(`${pathOf(webhook)}/revisions`, { query: { limit: 20 } });
export const oneSkippedSince = (webhook: Webhook, from: string) =>
  apiGetPage<Delivery>(`${pathOf(webhook)}/deliveries`, { query: { status: 'skipped', from, limit: 1 } });
export const recoverSkipped = (webhook: Webhook, from: string, to: string) =>
  apiPost<Recovery>(`${pathOf(webhook)}/recover`, { status: 'skipped', from, to });
