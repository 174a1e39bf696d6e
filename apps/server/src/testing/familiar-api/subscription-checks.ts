/** Checks creating, listing, changing and deleting of docs/familiar-api.md. */
import { expect } from 'vitest';
import { familiarEvents } from './events.js';
import { lastAttemptOf, type Checks } from './story.js';

export const subscriptionChecks: Checks = {
  Create: {
    'POST /api/webhooks': ({ created }) => expect(created.webhookId).toMatch(/^[0-9a-f-]{36}$/),
    url: ({ receiverUrl, created }) => expect(created.url).toBe(receiverUrl),
    events: async ({ receiverUrl, created, app }) => {
      expect(created.events).toEqual(familiarEvents.map(({ name }) => name));
      const { events } = await app.addWebhook(receiverUrl, { events: ['build.*'], enabled: false });
      expect(events).toEqual(['build.*']);
    },
    name: ({ created }) => expect(created.name).toBe('CI/CD Notifications'),
    description: ({ created }) => expect(created.description).toContain('build and deployment'),
    secret: ({ callbacks }) => expect(callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true),
    active: ({ created, paused }) => expect([created.enabled, paused.enabled]).toEqual([true, false]),
    project_id: ({ created, app }) => expect(created.appKey).toBe(app.appKey),
    headers: ({ callbacks }) =>
      expect(callbacks[0]?.headers).toMatchObject({
        'x-custom-header': 'custom-value',
        authorization: 'Bearer your-api-token',
      }),
    'timeout (seconds)': ({ created }) => expect(created.timeoutMs).toBe(30_000),
    'retry_policy.max_attempts': ({ created }) => expect(created.retryPolicy.maxAttempts).toBe(3),
    'retry_policy.backoff_strategy': ({ created }) =>
      expect(created.retryPolicy.strategy).toBe('exponential'),
    'retry_policy.initial_delay': ({ created }) => expect(created.retryPolicy.initialDelayMs).toBe(50),
    'retry_policy.max_delay': ({ created }) => expect(created.retryPolicy.maxDelayMs).toBe(200),
    'retry_policy.retry_on_status': ({ created }) =>
      expect(created.retryPolicy.retryOnStatus).toEqual([500, 502, 503, 504]),
    'retry_policy.retry_on_timeout': ({ created }) => expect(created.retryPolicy.retryOnTimeout).toBe(true),
    'answer: webhook_id': ({ created, webhook }) => expect(webhook.webhookId).toBe(created.webhookId),
    'answer: secret': ({ created, revealed }) => {
      expect(created.hasSecret).toBe(true);
      expect(revealed.secret).toBe('your-webhook-secret-key');
    },
    'answer: created_at, updated_at': ({ created }) =>
      expect([created.createdAt, created.updatedAt].every((at) => Date.parse(at) > 0)).toBe(true),
    'answer: created_by': ({ created }) => expect(created.createdBy).toBe('admin@example.com'),
    'answer: stats.total_deliveries': ({ created, webhook }) =>
      expect([created.stats.total, webhook.stats.total]).toEqual([0, familiarEvents.length + 2]),
    'answer: stats.successful_deliveries': ({ webhook }) =>
      expect(webhook.stats.succeeded).toBe(familiarEvents.length + 1),
    'answer: stats.failed_deliveries': ({ webhook }) => expect(webhook.stats.failed).toBe(1),
    'answer: stats.last_delivery': ({ created, webhook }) => {
      expect([created.lastDeliveryAt, created.lastSuccessAt]).toEqual([null, null]);
      expect(Date.parse(webhook.lastDeliveryAt ?? '')).toBeGreaterThan(0);
      expect(Date.parse(webhook.lastSuccessAt ?? '')).toBeGreaterThan(0);
    },
  },
  List: {
    'GET /api/webhooks': async ({ list, created, paused }) => {
      const ids = (await list('')).data.map(({ webhookId }) => webhookId);
      expect(ids).toEqual(expect.arrayContaining([created.webhookId, paused.webhookId]));
    },
    '?project_id': async ({ list, app }) =>
      expect((await list('')).data.every(({ appKey }) => appKey === app.appKey)).toBe(true),
    '?active': async ({ list, paused, created }) => {
      const inactive = (await list('?enabled=false')).data.map(({ webhookId }) => webhookId);
      expect(inactive).toContain(paused.webhookId);
      expect(inactive).not.toContain(created.webhookId);
    },
    '?limit': async ({ list }) => expect((await list('?limit=1')).data).toHaveLength(1),
    '?offset': async ({ list }) => {
      const first = await list('?limit=1');
      const second = await list(`?limit=1&cursor=${first.page.nextCursor ?? ''}`);
      expect(second.data[0]?.webhookId).not.toBe(first.data[0]?.webhookId);
    },
    '?sort': async ({ list }) => {
      const names = (await list('?sort=name&order=asc')).data.map(({ name }) => name);
      expect(names).toEqual([...names].sort());
    },
    '?order': async ({ list }) => {
      const up = (await list('?sort=createdAt&order=asc')).data.map(({ webhookId }) => webhookId);
      const down = (await list('?sort=createdAt&order=desc')).data.map(({ webhookId }) => webhookId);
      expect(down).toEqual([...up].reverse());
    },
    'answer: webhooks': async ({ list }) => expect((await list('')).data.length).toBeGreaterThan(1),
    'answer: total': async ({ list }) => {
      const { data, page } = await list('');
      expect(page.total).toBe(data.length);
    },
    'answer: pagination.has_more': async ({ list }) => {
      expect((await list('?limit=1')).page.nextCursor).not.toBeNull();
      expect((await list('?limit=200')).page.nextCursor).toBeNull();
    },
    'answer: stats.success_rate': ({ webhook }) => {
      // One of them succeeded as a redelivery: the event itself did not arrive.
      const { succeeded, failed, deliveredRate } = webhook.stats;
      expect(deliveredRate).toBeCloseTo((succeeded - 1) / (succeeded - 1 + failed), 3);
    },
  },
  Get: {
    'GET /api/webhooks/{webhook_id}': ({ created, webhook }) => expect(webhook.name).toBe(created.name),
    'answer: stats.average_response_time': ({ stats }) => expect(stats.overall.meanMs).toBeGreaterThan(0),
    'answer: recent_deliveries': async ({ history }) => {
      const { data } = await history('?limit=5');
      const times = data.map(({ createdAt }) => createdAt);
      expect(times).toHaveLength(5);
      expect(times).toEqual([...times].sort().reverse());
    },
    'answer: recent_deliveries[].error': ({ failed }) => {
      expect(failed.errorClass).toBe('server_error');
      expect(lastAttemptOf(failed)).toMatchObject({
        responseStatus: 500,
        responseBody: 'Internal Server Error',
      });
    },
  },
  'Update and delete': {
    'PUT /api/webhooks/{webhook_id}': ({ updated, created }) => {
      expect(updated).toMatchObject({ timeoutMs: 45_000, events: ['build.completed', 'security.alert'] });
      expect(updated.retryPolicy).toMatchObject({
        maxAttempts: 5,
        initialDelayMs: 2_000,
        maxDelayMs: 120_000,
      });
      expect([updated.name, updated.description]).toEqual([created.name, created.description]);
    },
    'secret in an update': async ({ updated, app, paused }) => {
      expect(updated.hasSecret).toBe(true);
      await app.changeWebhook(paused.webhookId, { secret: 'another secret' });
      expect((await app.changeWebhook(paused.webhookId, { secret: null })).hasSecret).toBe(false);
    },
    'active in an update': async ({ app, paused }) => {
      expect((await app.changeWebhook(paused.webhookId, { enabled: true })).enabled).toBe(true);
      await app.call('POST', `/webhooks/${paused.webhookId}/disable`);
      expect((await app.webhook(paused.webhookId)).enabled).toBe(false);
    },
    'DELETE /api/webhooks/{webhook_id}': async ({ app, deletion, doomed }) => {
      expect(deletion.status).toBe(204);
      expect((await app.call('GET', `/webhooks/${doomed.webhookId}`)).status).toBe(404);
    },
    'answer: deleted_at': ({ audit, doomed }) =>
      expect(audit[0]).toMatchObject({ targetId: doomed.webhookId, actor: 'admin@example.com' }),
  },
};
