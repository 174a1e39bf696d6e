/** Makes a webhook as the API answers it, healthy by default. */
import { DEFAULT_DELIVERY_SETTINGS } from '@im/contracts/api/webhook-constants';
import { DEFAULT_RETRY_POLICY } from '@im/contracts/api/retry-presets';
import type { Webhook, WebhookStats } from '@im/contracts/api/webhooks';

export function sampleWebhook(overrides: Partial<Webhook> = {}): Webhook {
  return {
    webhookId: 'w1',
    appKey: 'ak_1',
    name: 'Orders',
    description: '',
    externalId: null,
    url: 'https://example.com/hook',
    enabled: true,
    events: ['message.*'],
    hasSecret: true,
    hasClientCertificate: false,
    clientCertificateSubject: null,
    clientCertificateExpiresAt: null,
    secretRotation: { isStaged: false, stagedAt: null, previousExpiresAt: null },
    headers: { 'X-Gateway': 'one' },
    timeoutMs: 10_000,
    retryPolicy: DEFAULT_RETRY_POLICY,
    ...DEFAULT_DELIVERY_SETTINGS,
    before: null,
    health: 'healthy',
    consecutiveFailures: 0,
    disabledReason: null,
    pausedAt: null,
    pausedBy: null,
    lastDeliveryAt: null,
    lastSuccessAt: null,
    revision: 1,
    createdAt: '2026-05-21T08:00:00.000Z',
    updatedAt: '2026-05-21T08:00:00.000Z',
    createdBy: 'admin@example.com',
    stats: sampleStats(),
    ...overrides,
  };
}

/** A person paused it, and three deliveries wait. */
export const webhookPausedByPerson = sampleWebhook({
  pausedAt: '2026-05-21T09:00:00.000Z',
  pausedBy: 'li@example.com',
  stats: sampleStats({
    total: 4,
    succeeded: 1,
    pending: 3,
    attempts: 1,
    attemptSuccessRate: 1,
    deliveredRate: 0.25,
  }),
});

/** Its breaker is open and three deliveries wait. */
export const pausedWebhook = sampleWebhook({
  health: 'paused',
  consecutiveFailures: 12,
  stats: sampleStats({
    total: 4,
    failed: 1,
    pending: 3,
    attempts: 12,
    attemptSuccessRate: 0,
    deliveredRate: 0,
  }),
});

/** Nothing has happened, except for what is given. */
export function sampleStats(override: Partial<WebhookStats> = {}): WebhookStats {
  const rates = { attemptSuccessRate: null, deliveredRate: null, successRate: null };
  return { total: 0, succeeded: 0, failed: 0, pending: 0, attempts: 0, ...rates, ...override };
}
