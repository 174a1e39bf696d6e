/** Checks what docs/familiar-api.md says of `/api/webhooks`. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { instantOfId } from '../../platform/database/time-partitions.js';
import { callFamiliar, type LiteralStory } from './literal-story.js';

type LiteralChecks = Record<string, Record<string, (story: LiteralStory) => Promise<void> | void>>;

const PACK_SIZE = 19;

export const literalChecks: LiteralChecks = {
  'Called as it is': {
    'Authorization: Bearer': async ({ client, app, idle }) => {
      expect((await callFamiliar(client, 'GET', '')).status).toBe(200);
      const stranger = await callFamiliar(client.with({ authorization: 'Bearer imk_none' }), 'GET', '');
      expect(stranger.status).toBe(401);
      const { status } = await callFamiliar(client, 'GET', `/${idle.webhook_id}`);
      expect([app.appKey.length > 0, status]).toEqual([true, 403]);
    },
    project_id: async ({ created, idle, other, client, unbound }) => {
      expect([created.project_id, idle.project_id]).toEqual(['proj_123', other.appKey]);
      const [named, missing] = [`?project_id=${other.appKey}`, '?project_id=proj_none'];
      expect((await callFamiliar(unbound, 'GET', named)).body).toMatchObject({ total: 1 });
      expect((await callFamiliar(unbound, 'GET', '')).body).toMatchObject({
        webhooks: [{ project_id: 'proj_123' }],
      });
      expect((await callFamiliar(client, 'GET', named)).status).toBe(403);
      expect((await callFamiliar(unbound, 'GET', missing)).status).toBe(404);
    },
    'POST /api/webhooks': ({ created, stored }) => {
      expect(created).toMatchObject({ active: true, timeout: 30, headers: {}, created_by: 'token:deploy' });
      expect(stored).toMatchObject({ format: 'flat', signature: 'body-hmac', signaturePrefix: 'X-Trae' });
    },
    secret: ({ created, whole, idle, SECRET }) =>
      expect([created.secret, whole.secret, idle.secret]).toEqual([SECRET, '********', null]),
    'GET /api/webhooks': async ({ list, created }) => {
      const page = await list('?active=true&limit=1&offset=0&sort=name&order=asc');
      expect(page).toMatchObject({
        webhooks: [{ webhook_id: created.webhook_id }],
        total: 1,
        pagination: { limit: 1, offset: 0, has_more: false },
      });
      expect(await list('?offset=1')).toMatchObject({ webhooks: [], total: 1, pagination: { limit: 20 } });
      expect(await list('?active=false')).toMatchObject({ webhooks: [], total: 0 });
    },
    'offset, limit': async ({ client }) => {
      expect((await callFamiliar(client, 'GET', '?offset=10000&limit=100')).status).toBe(200);
      for (const query of ['?offset=10001', '?limit=101', '?limit=0', '?page=2']) {
        expect((await callFamiliar(client, 'GET', query)).status).toBe(422);
      }
    },
    'PUT /api/webhooks/{webhook_id}': ({ updated, created, revealed, SECRET }) => {
      expect(Object.keys(updated).sort()).toEqual(
        [
          'webhook_id',
          'url',
          'events',
          'name',
          'description',
          'active',
          'timeout',
          'retry_policy',
          'updated_at',
        ].sort(),
      );
      expect(updated).toMatchObject({ name: created.name, timeout: 45, retry_policy: { max_attempts: 5 } });
      expect(revealed.secret).toBe(SECRET);
    },
    'DELETE /api/webhooks/{webhook_id}': async ({ unbound, idle, audit }) => {
      const path = `/${idle.webhook_id}`;
      expect(await callFamiliar(unbound, 'DELETE', path)).toMatchObject({
        status: 200,
        body: { message: 'Webhook deleted successfully', webhook_id: idle.webhook_id },
      });
      expect((await callFamiliar(unbound, 'DELETE', path)).status).toBe(404);
      expect((await audit('webhook.deleted')).data[0]).toMatchObject({ targetId: idle.webhook_id });
    },
    'POST …/test': async ({ tested, client, created }) => {
      expect(tested).toMatchObject({
        event_type: 'build.completed',
        status: 'failed',
        response_code: 404,
        response_body: 'Not here',
        attempts: 1,
        error: 'HTTP 404: Not Found',
      });
      const unknown = await callFamiliar(client, 'POST', `/${created.webhook_id}/test`, {
        event_type: 'no.such',
      });
      expect(unknown).toMatchObject({ status: 422, body: { errors: [{ pointer: '/event_type' }] } });
    },
    'GET …/deliveries': async ({ deliveries, client, created, failed }) => {
      expect(deliveries).toMatchObject({ total: 3, pagination: { has_more: false } });
      const path = `/${created.webhook_id}/deliveries`;
      const today = new Date().toISOString().slice(0, 10);
      // Spans are searched by the time in the id, which is made up to some milliseconds after the event came.
      const instant = new Date(instantOfId(failed.deliveryId)).toISOString();
      for (const [query, total] of [
        ['?status=failed&event_type=build.failed', 1],
        ['?limit=1&offset=3', 4],
        [`?event_type=build.failed&start_date=${instant}&end_date=${instant}`, 1],
        ['?end_date=2024-01-07', 0],
        [`?start_date=2024-01-01&end_date=${today}`, 4],
      ] as const) {
        expect((await callFamiliar(client, 'GET', path + query)).body, query).toMatchObject({ total });
      }
    },
    'POST …/redeliver': ({ redelivered, failed, callback }) =>
      expect(redelivered).toMatchObject({
        original_delivery_id: failed.deliveryId,
        event_type: 'build.failed',
        webhook_url: expect.stringContaining('http://') as string,
        ...(callback && { status: 'pending' }),
      }),
    'GET …/stats': async ({ statistics, client, created }) => {
      expect(statistics).toMatchObject({ period: 'day', webhook_id: created.webhook_id });
      expect(statistics.overall_stats.total_deliveries).toBeGreaterThanOrEqual(2);
      const path = `/${created.webhook_id}/stats?start_date=2024-01-01&end_date=2024-01-07T23:59:59Z`;
      expect((await callFamiliar(client, 'GET', path)).body).toMatchObject({
        start_date: '2024-01-01T00:00:00Z',
        end_date: '2024-01-07T23:59:59Z',
        daily_stats: [],
      });
      const reversed = `/${created.webhook_id}/stats?start_date=2024-01-08&end_date=2024-01-01`;
      expect((await callFamiliar(client, 'GET', reversed)).body).toMatchObject({
        errors: [{ pointer: '?end_date' }],
      });
    },
    success_rate: ({ whole, list }) => {
      expect(whole.stats.success_rate).toBe(50);
      return list('').then(({ webhooks }) => expect(webhooks[0]?.stats.success_rate).not.toBeNull());
    },
    'recent_deliveries, average_response_time': ({ whole }) => {
      expect(whole.recent_deliveries.map(({ status }) => status)).toEqual(['failed', 'failed', 'success']);
      expect(whole.stats.average_response_time).toBeGreaterThanOrEqual(0);
    },
    'errors: message': async ({ client }) => {
      const { status, body } = await callFamiliar(client, 'POST', '', { url: 'https://example.com' });
      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: '/events' }, { pointer: '/name' }],
      });
      expect((body as { message: string }).message).toBe((body as { detail: string }).detail);
    },
    'default retry policy': ({ created, failed, stored }) => {
      expect(created.retry_policy).toEqual({
        max_attempts: 3,
        backoff_strategy: 'exponential',
        initial_delay: 1_000,
        max_delay: 60_000,
      });
      // 404 is not retried.
      expect(failed.attempts).toBe(1);
      expect(stored.retryPolicy.retryOnStatus?.every((status) => status >= 500)).toBe(true);
    },
    'retry_on_status, retry_on_timeout': async ({ client, created }) => {
      const retry_policy = {
        max_attempts: 5,
        backoff_strategy: 'linear',
        initial_delay: 2_000,
        max_delay: 300_000,
        retry_on_status: [500, 502],
        retry_on_timeout: true,
      };
      const { body } = await callFamiliar(client, 'PUT', `/${created.webhook_id}`, { retry_policy });
      expect(body).toMatchObject({ retry_policy });
    },
    'X-Trae-Signature-256': ({ callback, SECRET }) => {
      const mac = createHmac('sha256', SECRET)
        .update(callback?.text ?? '')
        .digest('hex');
      expect(callback?.headers['x-trae-signature-256']).toBe(`sha256=${mac}`);
    },
    'X-Trae-Event, -Delivery, -Webhook-ID, -Timestamp': ({ callback, delivered, created }) =>
      expect(callback?.headers).toMatchObject({
        'x-trae-event': 'build.completed',
        'x-trae-delivery': delivered.deliveryId,
        'x-trae-webhook-id': created.webhook_id,
        'x-trae-timestamp': expect.stringMatching(/^\d{13}$/) as string,
      }),
    'User-Agent': ({ callback }) => expect(callback?.headers['user-agent']).toBe('Trae-Webhooks/1.0'),
    'the payload': ({ callback, created, delivered }) => {
      const envelope = JSON.parse(callback?.text ?? '{}') as object;
      expect(Object.keys(envelope)).toEqual(['event', 'timestamp', 'webhook_id', 'delivery_id', 'data']);
      expect(envelope).toMatchObject({
        event: 'build.completed',
        webhook_id: created.webhook_id,
        delivery_id: delivered.deliveryId,
        data: { build_id: 'build_1', n: 1 },
      });
    },
    'the event types': async ({ installed, again, app }) => {
      expect([installed.added.length, again.added.length, again.kept.length]).toEqual([
        PACK_SIZE,
        0,
        PACK_SIZE,
      ]);
      const accepted = await app.post({ event: 'user.registered', data: { user_id: 'user_123' } });
      expect(accepted.eventId).toHaveLength(36);
    },
    signature_prefix: ({ idle }) => expect(idle.signature_prefix).toBe('X-Acme'),
  },
};
