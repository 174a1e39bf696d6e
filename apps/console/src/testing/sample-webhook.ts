/** A webhook as the API answers it, healthy unless a spec says otherwise. */
import { DEFAULT_DELIVERY_SETTINGS } from '@im/contracts/api/delivery-settings';
import { DEFAULT_RETRY_POLICY } from '@im/contracts/api/retry-policy';
import type { Webhook } from '@im/contracts/api/webhooks';

export function sampleWebhook(overrides: Partial<Webhook> = {}): Webhook {
  return {
    webhookId: 'w1',
    appKey: 'ak_1',
    name: 'Orders',
    description: '',
    url: 'https://example.com/hook',
    enabled: true,
    events: ['message.*'],
    hasSecret: true,
    secretRotation: { isStaged: false, stagedAt: null, previousExpiresAt: null },
    headers: { 'X-Gateway': 'one' },
    timeoutMs: 10_000,
    retryPolicy: DEFAULT_RETRY_POLICY,
    ...DEFAULT_DELIVERY_SETTINGS,
    health: 'healthy',
    consecutiveFailures: 0,
    disabledReason: null,
    lastDeliveryAt: null,
    lastSuccessAt: null,
    revision: 1,
    createdAt: '2026-05-21T08:00:00.000Z',
    updatedAt: '2026-05-21T08:00:00.000Z',
    createdBy: 'admin@example.com',
    stats: { total: 0, succeeded: 0, failed: 0, pending: 0, successRate: null },
    ...overrides,
  };
}

/** Its breaker is open and three deliveries wait. */
export const pausedWebhook = sampleWebhook({
  health: 'paused',
  consecutiveFailures: 12,
  stats: { total: 4, succeeded: 0, failed: 1, pending: 3, successRate: 0 },
});
