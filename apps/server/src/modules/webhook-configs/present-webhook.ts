import type { SettingChange, WebhookRevision } from '@im/contracts/api/webhook-revisions';
import type { Webhook } from '@im/contracts/api/webhooks';
import { MASK } from '@im/contracts/events/mask-content';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { describeRotation } from '../apps/domain/secret-rotation.js';
import type { WebhookConfig } from './webhook-config.js';
import type { RevisionRow } from './domain/revision-row.js';
import type { WebhookActivity } from './data/webhook-stats.repository.js';
import { webhookHealthOf } from './health/domain/webhook-health.js';
import { hideValues, isPrivateField, maskChanges } from './domain/webhook-revision.js';

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
  /** Whether the viewer may see custom header values, which often contain credentials. */
  showsHeaders: boolean;
  /** Whether the viewer may see unmasked URLs, which may be credentials. */
  showsUrl: boolean;
  /** Whether the viewer may see who of the tenant made, paused or changed the webhook. */
  showsMembers: boolean;
  now: Date;
}

export function presentWebhook(
  webhook: WebhookConfig,
  appKey: string,
  activity: WebhookActivity = NO_ACTIVITY,
  { showsHeaders, showsUrl, showsMembers, now }: WebhookView,
): Webhook {
  return {
    webhookId: webhook.webhookId,
    appKey,
    name: webhook.name,
    description: webhook.description,
    externalId: webhook.externalId,
    url: showsUrl ? webhook.url : maskCallbackUrl(webhook.url),
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
    signaturePrefix: webhook.signaturePrefix,
    rateLimitPerSecond: webhook.rateLimitPerSecond,
    before: webhook.before,
    health: webhookHealthOf({ ...activity, ...activity.stats, isEnabled: webhook.isEnabled }),
    consecutiveFailures: activity.consecutiveFailures,
    disabledReason: webhook.disabledReason,
    pausedAt: webhook.pausedAt?.toISOString() ?? null,
    pausedBy: showsMembers ? webhook.pausedBy : webhook.pausedBy && MASK,
    lastDeliveryAt: activity.lastDeliveryAt?.toISOString() ?? null,
    lastSuccessAt: activity.lastSuccessAt?.toISOString() ?? null,
    revision: webhook.revision,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
    createdBy: showsMembers ? webhook.createdBy : MASK,
    stats: activity.stats,
  };
}

/** A revision with its URL and headers opened; changes of them are in full only where they could be. */
export interface OpenedRevision extends Omit<RevisionRow, 'sealedSettings' | 'sealedChanges'> {
  /** Of URL and headers. */
  privateChanges: SettingChange[] | null;
}

/** The settings of a revision are already masked for viewers who may not see URLs and headers. */
export function presentRevision(
  { at, settings, changes, privateChanges, ...revision }: OpenedRevision,
  { showsHeaders, showsUrl }: Pick<WebhookView, 'showsHeaders' | 'showsUrl'>,
): WebhookRevision {
  const shows = (field: string) => (field === 'url' ? showsUrl : showsHeaders);
  return {
    ...revision,
    at: at.toISOString(),
    changes: changes.map((change) => {
      if (!isPrivateField(change.field)) return change;
      const whole = privateChanges?.find(({ field }) => field === change.field) ?? change;
      return shows(change.field) ? whole : (maskChanges([change])[0] ?? change);
    }),
    settings: {
      ...settings,
      url: showsUrl ? settings.url : maskCallbackUrl(settings.url),
      headers: showsHeaders ? settings.headers : hideValues(settings.headers),
    },
  };
}
