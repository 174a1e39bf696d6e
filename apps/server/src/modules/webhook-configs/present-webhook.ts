import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import type { Webhook } from '@im/contracts/api/webhooks';
import { describeRotation } from '../apps/domain/secret-rotation.js';
import type { WebhookConfig } from './data/webhook-config.entity.js';
import type { RevisionRow } from './data/webhook-revisions.repository.js';
import type { WebhookActivity } from './data/webhook-stats.repository.js';
import { webhookHealthOf } from './domain/webhook-health.js';

const NO_ACTIVITY: WebhookActivity = {
  stats: {
    ...{ total: 0, succeeded: 0, failed: 0, pending: 0, attempts: 0 },
    ...{ attemptSuccessRate: null, deliveredRate: null, successRate: null },
  },
  consecutiveFailures: 0,
  isPaused: false,
  lastDeliveryAt: null,
  lastSuccessAt: null,
};

export interface WebhookView {
  /** Whether the viewer may see custom header values, which often hold credentials. */
  showsHeaders: boolean;
  now: Date;
}

export function presentWebhook(
  webhook: WebhookConfig,
  appKey: string,
  activity: WebhookActivity = NO_ACTIVITY,
  { showsHeaders, now }: WebhookView,
): Webhook {
  return {
    webhookId: webhook.webhookId,
    appKey,
    name: webhook.name,
    description: webhook.description,
    url: webhook.url,
    enabled: webhook.isEnabled,
    events: webhook.events,
    hasSecret: webhook.secretCiphertext !== null,
    secretRotation: describeRotation(webhook, now),
    hasClientCertificate: webhook.clientCertificateCiphertext !== null,
    clientCertificateSubject: webhook.clientCertificateSubject,
    clientCertificateExpiresAt: webhook.clientCertificateExpiresAt?.toISOString() ?? null,
    headers: showsHeaders ? webhook.headers : hideValues(webhook.headers),
    timeoutMs: webhook.timeoutMs,
    retryPolicy: webhook.retryPolicy,
    ordering: webhook.ordering,
    batch: webhook.batch,
    format: webhook.format,
    signature: webhook.signatureScheme,
    rateLimitPerSecond: webhook.rateLimitPerSecond,
    health: webhookHealthOf({ ...activity, ...activity.stats, isEnabled: webhook.isEnabled }),
    consecutiveFailures: activity.consecutiveFailures,
    disabledReason: webhook.disabledReason,
    pausedAt: webhook.pausedAt?.toISOString() ?? null,
    pausedBy: webhook.pausedBy,
    lastDeliveryAt: activity.lastDeliveryAt?.toISOString() ?? null,
    lastSuccessAt: activity.lastSuccessAt?.toISOString() ?? null,
    revision: webhook.revision,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
    createdBy: webhook.createdBy,
    stats: activity.stats,
  };
}

const HIDDEN = '******';

/** The settings of a revision are masked already; who may not see headers sees their names only. */
export function presentRevision(row: RevisionRow, showsHeaders: boolean): WebhookRevision {
  const { at, changes, settings, ...revision } = row;
  if (showsHeaders) return { ...revision, at: at.toISOString(), changes, settings };
  return {
    ...revision,
    at: at.toISOString(),
    changes: changes.map((change) =>
      change.field.startsWith('headers.')
        ? { ...change, before: change.before && HIDDEN, after: change.after && HIDDEN }
        : change,
    ),
    settings: { ...settings, headers: hideValues(settings.headers) },
  };
}

function hideValues(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, HIDDEN]));
}
