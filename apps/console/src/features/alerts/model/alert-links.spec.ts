import { describe, expect, it } from 'vitest';
import { deliveryLink, logLink, logLinkText, sourceLink } from './alert-links.js';

const detail = { webhookName: '', webhookUrl: 'https://example.com/hook' };
const alert = { appKey: 'ak_1', webhookId: 'w1', detail };

describe('deliveryLink', () => {
  it('opens the delivery in the log of its webhook', () => {
    expect(deliveryLink({ ...alert, detail: { ...detail, lastDeliveryId: 'd1' } })).toEqual({
      path: '/apps/ak_1/im-webhooks/w1/deliveries',
      query: { open: 'd1' },
    });
  });

  it('is absent when no delivery is known', () => {
    expect(deliveryLink(alert)).toBeNull();
  });
});

describe('sourceLink', () => {
  it.each([
    ['source_silent', 'checklist'],
    ['source_rejecting', 'requests'],
  ] as const)('of %s opens the tab %s of the source', (rule, tab) => {
    expect(sourceLink({ appKey: 'ak_1', sourceId: 's1', rule })).toEqual({
      path: '/apps/ak_1/sources/s1',
      query: { tab },
    });
  });

  it('is absent when the alert is about a webhook', () => {
    expect(sourceLink({ appKey: 'ak_1', sourceId: null, rule: 'slow' })).toBeNull();
  });
});

describe('logLink', () => {
  it.each([
    [{}, 'deliveries.title'],
    [{ status: 'failed' }, 'alerts.failedDeliveries'],
    [{ status: 'pending' }, 'alerts.pendingDeliveries'],
    [{ status: 'failed', kind: 'before' }, 'alerts.beforeDeliveries'],
    [{ from: '2026-05-21T08:00:00.000Z', to: '2026-05-21T09:00:00.000Z' }, 'alerts.windowDeliveries'],
  ] as const)('shows the deliveries behind the alert (%o)', (deliveries, text) => {
    expect(logLink({ ...alert, deliveries })).toEqual({
      path: '/apps/ak_1/im-webhooks/w1/deliveries',
      query: deliveries,
    });
    expect(logLinkText(deliveries)).toBe(text);
  });

  it('leads to the log of the app when the alert names no webhook', () => {
    expect(logLink({ ...alert, webhookId: null, deliveries: {} }).path).toBe('/apps/ak_1/deliveries');
  });
});
