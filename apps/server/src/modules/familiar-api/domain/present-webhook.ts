/** Presents webhooks as `/api/webhooks` answers them. */
import {
  SECRET_MASK,
  type FamiliarCreatedWebhook,
  type FamiliarListedWebhook,
  type FamiliarRecentDelivery,
  type FamiliarUpdatedWebhook,
  type FamiliarWebhook,
} from '@im/contracts/api/familiar-webhooks';
import type { Webhook } from '@im/contracts/api/webhooks';
import { fromRetryPolicy } from './retry-policy.js';
import { webhookSuccessRateOf } from './success-rate.js';

/** @param secret as it was given */
export function presentCreated(
  webhook: Webhook,
  projectId: string,
  secret: string | null,
): FamiliarCreatedWebhook {
  return {
    ...shownOf(webhook, projectId),
    ...detailsOf(webhook),
    secret,
    stats: countsOf(webhook),
  };
}

export function presentListed(webhook: Webhook, projectId: string): FamiliarListedWebhook {
  return {
    ...shownOf(webhook, projectId),
    stats: { ...countsOf(webhook), success_rate: rateOf(webhook) },
  };
}

export function presentWhole(
  webhook: Webhook,
  projectId: string,
  averageResponseTime: number | null,
  recentDeliveries: FamiliarRecentDelivery[],
): FamiliarWebhook {
  return {
    ...shownOf(webhook, projectId),
    ...detailsOf(webhook),
    secret: webhook.hasSecret ? SECRET_MASK : null,
    stats: {
      ...countsOf(webhook),
      success_rate: rateOf(webhook),
      average_response_time: averageResponseTime,
    },
    recent_deliveries: recentDeliveries,
  };
}

export function presentUpdated(webhook: Webhook): FamiliarUpdatedWebhook {
  const { timeout, retry_policy } = detailsOf(webhook);
  return {
    webhook_id: webhook.webhookId,
    url: webhook.url,
    events: webhook.events,
    name: webhook.name,
    description: webhook.description,
    active: webhook.enabled,
    timeout,
    retry_policy,
    updated_at: webhook.updatedAt,
  };
}

export function rateOf({ stats, health }: Webhook): number | null {
  return webhookSuccessRateOf(stats, health !== 'failing' && health !== 'unhealthy' && health !== 'paused');
}

function shownOf(webhook: Webhook, projectId: string) {
  return {
    webhook_id: webhook.webhookId,
    url: webhook.url,
    events: webhook.events,
    name: webhook.name,
    description: webhook.description,
    active: webhook.enabled,
    project_id: projectId,
    created_at: webhook.createdAt,
    updated_at: webhook.updatedAt,
    created_by: webhook.createdBy,
  };
}

function detailsOf(webhook: Webhook) {
  return {
    headers: webhook.headers,
    timeout: webhook.timeoutMs / 1_000,
    retry_policy: fromRetryPolicy(webhook.retryPolicy),
    signature_prefix: webhook.signaturePrefix,
  };
}

function countsOf({ stats, lastDeliveryAt }: Webhook) {
  return {
    total_deliveries: stats.total,
    successful_deliveries: stats.succeeded,
    failed_deliveries: stats.failed,
    last_delivery: lastDeliveryAt,
  };
}
