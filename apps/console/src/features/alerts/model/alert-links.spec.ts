import { describe, expect, it } from 'vitest';
import { lastDeliveryLink, logLink } from './alert-links.js';

const detail = { webhookName: '', webhookUrl: 'https://example.com/hook' };
const alert = { appKey: 'ak_1', webhookId: 'w1', detail };

describe('lastDeliveryLink', () => {
  it('opens the delivery in the log of its webhook', () => {
    expect(lastDeliveryLink({ ...alert, detail: { ...detail, lastDeliveryId: 'd1' } })).toEqual({
      path: '/apps/ak_1/im-webhooks/w1/deliveries',
      query: { open: 'd1' },
    });
  });

  it('is absent when no delivery is known', () => {
    expect(lastDeliveryLink(alert)).toBeNull();
  });
});

describe('logLink', () => {
  it('shows the failed deliveries where some were given up', () => {
    expect(logLink({ ...alert, rule: 'delivery_exhausted' }).query).toEqual({ status: 'failed' });
  });

  it('shows the whole log for failures in a row, whose deliveries may still be pending', () => {
    expect(logLink({ ...alert, rule: 'consecutive_failures' }).query).toEqual({});
  });

  it('leads to the log of the app when the alert names no webhook', () => {
    expect(logLink({ ...alert, webhookId: null, rule: 'webhook_disabled' }).path).toBe(
      '/apps/ak_1/deliveries',
    );
  });
});
