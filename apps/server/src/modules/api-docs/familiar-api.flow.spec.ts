/** Every row of docs/familiar-api.md is true: what other webhook APIs take and answer has its place here. */
import { readFileSync } from 'node:fs';
import { createHash, createHmac } from 'node:crypto';
import type { Alert } from '@im/contracts/api/alerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { familiarEvents } from '../../testing/familiar-events.js';
import {
  exampleOf,
  lastAttemptOf,
  tellFamiliarStory,
  type FamiliarStory,
} from '../../testing/familiar-story.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { completeRetryPolicy, type RetryStrategy } from '@im/contracts/api/retry-policy';
import { retryDelayMs } from '../dispatcher/domain/retry-delay.js';

type Check = (story: FamiliarStory) => Promise<void> | void;

let service: TestService;
let receiver: CallbackReceiver;
let story: FamiliarStory;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  story = await tellFamiliarStory(service, await service.addApp(), receiver);
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

/** By section and first cell of the row. */
const CHECKS: Record<string, Record<string, Check>> = {
  Create: {
    'POST /api/webhooks': ({ created }) => expect(created.webhookId).toMatch(/^[0-9a-f-]{36}$/),
    url: ({ created }) => expect(created.url).toBe(receiver.url),
    events: async ({ created, app }) => {
      expect(created.events).toEqual(familiarEvents.map(({ name }) => name));
      const { events } = await app.addWebhook(receiver.url, { events: ['build.*'], enabled: false });
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
      const { succeeded, failed, successRate } = webhook.stats;
      expect(successRate).toBeCloseTo(succeeded / (succeeded + failed), 3);
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
  Test: {
    'POST /api/webhooks/{webhook_id}/test': ({ tested }) => expect(tested.status).toBe('success'),
    event_type: ({ testDetail, alone, app }) =>
      app.delivery(alone.deliveryId).then(({ event }) => {
        expect([testDetail.event, event]).toEqual(['build.completed', 'test.ping']);
      }),
    payload: ({ testDetail }) => expect(testDetail.payload).toEqual(exampleOf('build.completed')),
    'answer: delivery_id': ({ tested, testDetail }) => expect(testDetail.deliveryId).toBe(tested.deliveryId),
    'answer: status': ({ tested, testFailed }) =>
      expect([tested.status, testFailed.status]).toEqual(['success', 'failed']),
    'answer: response_code': ({ tested }) => expect(tested.responseStatus).toBe(200),
    'answer: response_time': ({ tested }) => expect(tested.durationMs).toBeGreaterThan(0),
    'answer: response_body': ({ tested }) => expect(tested.responseBody).toBe('OK'),
    'answer: error': ({ testFailed }) => expect(testFailed.errorClass).toBe('server_error'),
    'answer: event_type, attempts, delivered_at, webhook_url': ({ testDetail }) => {
      expect(testDetail).toMatchObject({ event: 'build.completed', attempts: 1, url: receiver.url });
      expect(Date.parse(testDetail.completedAt ?? '')).toBeGreaterThan(0);
    },
  },
  'Delivery history': {
    'GET /api/webhooks/{webhook_id}/deliveries': async ({ history, failed }) =>
      expect((await history('?limit=200')).data.map(({ deliveryId }) => deliveryId)).toContain(
        failed.deliveryId,
      ),
    '?limit': async ({ history }) => expect((await history('?limit=2')).data).toHaveLength(2),
    '?offset': async ({ history }) => {
      const first = await history('?limit=2');
      const second = await history(`?limit=2&cursor=${first.page.nextCursor ?? ''}`);
      const ids = [...first.data, ...second.data].map(({ deliveryId }) => deliveryId);
      expect(new Set(ids).size).toBe(4);
    },
    '?status (success, failed, pending)': async ({ history, failed }) => {
      const ids = (await history('?status=failed&kind=event')).data.map(({ deliveryId }) => deliveryId);
      expect(ids).toEqual([failed.deliveryId]);
      expect((await history('?status=pending')).data).toEqual([]);
    },
    '?event_type': async ({ history }) =>
      expect((await history('?event=file.updated')).data.map(({ event }) => event)).toEqual(['file.updated']),
    '?start_date': async ({ history, failed }) => {
      const { data } = await history(`?limit=200&from=${failed.createdAt}`);
      expect(data.every(({ createdAt }) => createdAt >= failed.createdAt)).toBe(true);
      expect(data.map(({ deliveryId }) => deliveryId)).toContain(failed.deliveryId);
    },
    '?end_date': async ({ history, failed }) => {
      const { data } = await history(`?limit=200&to=${failed.createdAt}`);
      expect(data.every(({ createdAt }) => createdAt < failed.createdAt)).toBe(true);
      expect(data).toHaveLength(familiarEvents.length);
    },
    'answer: delivery_id, webhook_id, event_id': ({ failed, created }) => {
      expect(failed.webhookId).toBe(created.webhookId);
      expect([failed.deliveryId, failed.eventId].every((id) => id.length === 36)).toBe(true);
    },
    'answer: event_type': ({ failed }) => expect(failed.event).toBe('build.failed'),
    'answer: status': ({ failed }) => expect(failed.status).toBe('failed'),
    'answer: response_code, response_time': ({ failed }) => {
      expect(failed.responseStatus).toBe(500);
      expect(failed.durationMs).toBeGreaterThan(0);
    },
    'answer: delivered_at': ({ failed }) => expect(Date.parse(failed.completedAt ?? '')).toBeGreaterThan(0),
    'answer: attempts': ({ failed }) => expect(failed.attempts).toBe(3),
    'answer: next_retry': ({ failed }) => expect(failed.nextAttemptAt).toBeNull(),
    'answer: error': ({ failed }) => expect(failed.errorClass).toBe('server_error'),
    'answer: response_body': ({ failed }) =>
      expect(failed.attemptLog.map(({ responseBody }) => responseBody)).toEqual(
        Array<string>(3).fill('Internal Server Error'),
      ),
    'answer: payload': ({ failed }) => {
      expect(failed.payload).toEqual(exampleOf('build.failed'));
      expect(JSON.parse(failed.requestBody ?? '{}')).toMatchObject({ event: 'build.failed' });
    },
    'answer: total and stats': ({ webhook }) =>
      expect(webhook.stats.total).toBe(
        webhook.stats.succeeded + webhook.stats.failed + webhook.stats.pending,
      ),
    'answer: stats.pending_deliveries': ({ webhook }) => expect(webhook.stats.pending).toBe(0),
  },
  Redeliver: {
    'POST /api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver': ({ redeliveryDetail }) =>
      expect(redeliveryDetail.kind).toBe('redelivery'),
    'answer: delivery_id': ({ redelivered, failed }) => {
      expect(redelivered.deliveryId).not.toBe(failed.deliveryId);
      expect(redelivered.callbackId).toBe(failed.callbackId);
    },
    'answer: original_delivery_id': ({ redelivered, failed }) =>
      expect(redelivered.originalDeliveryId).toBe(failed.deliveryId),
    'answer: event_type, status': ({ redelivered }) =>
      expect(redelivered).toMatchObject({ event: 'build.failed', status: 'pending' }),
    'answer: scheduled_at': ({ redelivered }) =>
      expect(Date.parse(redelivered.nextAttemptAt ?? '')).toBeGreaterThan(0),
    'answer: webhook_url': ({ redeliveryDetail }) => expect(redeliveryDetail.url).toBe(receiver.url),
  },
  Statistics: {
    'GET /api/webhooks/{webhook_id}/stats': ({ stats }) => expect(stats.buckets.length).toBeGreaterThan(0),
    '?period (hour, day, week, month)': async ({ app, created }) => {
      const path = `/webhooks/${created.webhookId}/stats`;
      for (const period of ['hour', 'day', 'week', 'month']) {
        expect((await app.call('GET', `${path}?period=${period}`)).body).toMatchObject({ data: { period } });
      }
    },
    '?start_date, ?end_date': async ({ app, created }) => {
      const { body } = await app.call(
        'GET',
        `/webhooks/${created.webhookId}/stats?from=2024-01-01T00:00:00Z&to=2024-01-08T00:00:00Z`,
      );
      expect(body).toMatchObject({ data: { overall: { total: 0 }, buckets: { length: 7 } } });
    },
    'answer: period, start_date, end_date': ({ stats }) => {
      expect(stats.period).toBe('day');
      expect(Date.parse(stats.to)).toBeGreaterThan(Date.parse(stats.from));
    },
    'answer: overall_stats.total_deliveries': ({ stats }) =>
      expect(stats.overall.total).toBe(familiarEvents.length + 2),
    'answer: overall_stats.successful_deliveries': ({ stats }) =>
      expect(stats.overall.succeeded).toBe(familiarEvents.length + 1),
    'answer: overall_stats.failed_deliveries': ({ stats }) => expect(stats.overall.failed).toBe(1),
    'answer: overall_stats.pending_deliveries': ({ stats }) => expect(stats.overall.pending).toBe(0),
    'answer: overall_stats.success_rate': ({ stats }) =>
      expect(stats.overall.successRate).toBeCloseTo(
        (familiarEvents.length + 1) / (familiarEvents.length + 2),
        3,
      ),
    'answer: overall_stats.average_response_time': ({ stats }) =>
      expect(stats.overall.meanMs).toBeGreaterThan(0),
    'answer: overall_stats.median_response_time': ({ stats }) =>
      expect(stats.overall.p50Ms).toBeGreaterThan(0),
    'answer: overall_stats.p95_response_time': ({ stats }) => {
      expect(stats.overall.p95Ms).toBeGreaterThanOrEqual(stats.overall.p50Ms ?? Infinity);
      expect(stats.overall.p99Ms).toBeGreaterThanOrEqual(stats.overall.p95Ms ?? Infinity);
    },
    'answer: daily_stats': ({ stats }) =>
      expect(stats.buckets.reduce((sum, { total }) => sum + total, 0)).toBe(stats.overall.total),
    'answer: event_type_stats': ({ stats }) => {
      const ofFailed = stats.byEvent.find(({ event }) => event === 'build.failed');
      expect(ofFailed).toMatchObject({ total: 3, succeeded: 2, failed: 1 });
    },
  },
  'What a receiver gets': {
    'body: event, timestamp, webhook_id, delivery_id, data': ({ callbacks, created, app }) =>
      expect(callbacks[0]?.envelope).toEqual({
        callbackId: expect.any(String) as string,
        deliveryId: expect.any(String) as string,
        timestamp: expect.any(String) as string,
        event: familiarEvents[0]?.name,
        appKey: app.appKey,
        webhookId: created.webhookId,
        data: familiarEvents[0]?.example,
      }),
    'header: signature, HMAC-SHA256 in hex': ({ callbacks }) => {
      for (const callback of callbacks) {
        expect(callback.headers['x-app-signature']).toBe(signatureOf(callback, 'your-webhook-secret-key'));
      }
    },
    'header: event': ({ callbacks }) =>
      expect(callbacks[0]?.headers['x-app-event']).toBe(familiarEvents[0]?.name),
    'header: delivery id': ({ callbacks }) =>
      expect(callbacks[0]?.headers['x-app-delivery-id']).toBe(callbacks[0]?.envelope.deliveryId),
    'header: webhook id': ({ callbacks, created }) =>
      expect(callbacks[0]?.headers['x-app-webhook-id']).toBe(created.webhookId),
    'header: timestamp': ({ callbacks }) =>
      expect(callbacks[0]?.headers['x-app-timestamp']).toMatch(/^\d{13}$/),
    'header: User-Agent': ({ callbacks }) =>
      expect(callbacks[0]?.headers['user-agent']).toMatch(/^IM-Callback\/\d+\.\d+\.\d+$/),
    "the project's own events with their payloads": ({ events, app }) => {
      expect(events.map(({ event, status }) => ({ event, status }))).toEqual(
        familiarEvents.map(({ name }) => ({ event: name, status: 'success' })),
      );
      return app
        .call('POST', '/events', { body: { event: 'build.started', data: {} } })
        .then(({ status }) => {
          expect(status).toBe(422);
        });
    },
  },
  'Retries and health': {
    'linear: initial delay times the attempt': () => expect(delays('linear')).toEqual([1_000, 2_000, 3_000]),
    'exponential: doubled each time': () => expect(delays('exponential')).toEqual([1_000, 2_000, 4_000]),
    'fixed: always the initial delay': () => expect(delays('fixed')).toEqual([1_000, 1_000, 1_000]),
    'retried: 5xx and network errors': ({ failed }) =>
      expect(failed.attemptLog.map(({ responseStatus }) => responseStatus)).toEqual([500, 500, 500]),
    'success rate below 95 %': (told) => ruleOf(told, 'success_rate', { enabled: true, warningPercent: 95 }),
    'slow answers': (told) => ruleOf(told, 'slow', { enabled: true, warningMs: 5_000 }),
    'a list of failed deliveries to look through': async ({ history, failed, app }) => {
      expect((await history('?status=failed')).data.length).toBeGreaterThan(0);
      const { status, text } = await app.call('GET', `/trace?deliveryId=${failed.deliveryId}`);
      expect(status).toBe(200);
      expect(text).toContain('server_error');
    },
    'testing every active webhook in a loop': async ({ list, app }) => {
      for (const { webhookId } of (await list('?enabled=true')).data) {
        const { body } = await app.call('POST', `/webhooks/${webhookId}/test`);
        expect(body).toMatchObject({ data: { status: 'success', responseStatus: 200 } });
      }
    },
  },
};

const rows = rowsOf(readFileSync(new URL('../../../../../docs/familiar-api.md', import.meta.url), 'utf8'));

it('has a check for each row and a row for each check', () => {
  const checks = Object.entries(CHECKS).flatMap(([section, cells]) =>
    Object.keys(cells).map((cell) => `${section} · ${cell}`),
  );
  expect(rows.map(({ section, cell }) => `${section} · ${cell}`)).toEqual(checks);
});

describe.each(rows)('$section · $cell', ({ section, cell }) => {
  it('is true', async () => {
    await CHECKS[section]?.[cell]?.(story);
    expect.hasAssertions();
  });
});

it('opens an alert when a webhook keeps failing', async () => {
  const app = await service.addApp();
  receiver.answerWith(500);
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(5) });
  await app.deliver();
  const alert: Alert = await app.alert('consecutive_failures', { status: 'open' });
  expect(alert.detail.consecutiveFailures).toBeGreaterThanOrEqual(5);
});

/** The tables' rows: the heading above and the first cell, without the marks of code. */
function rowsOf(markdown: string): { section: string; cell: string }[] {
  let section = '';
  return markdown.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) section = line.slice(3);
    const cell = /^\| (.+?) +\|/.exec(line)?.[1]?.replaceAll('`', '').trim();
    const isRow = cell !== undefined && cell !== 'There' && !/^-+$/.test(cell);
    return isRow ? [{ section, cell }] : [];
  });
}

/** As a receiver computes it, with nothing but Node. */
function signatureOf({ headers, text, envelope }: ReceivedCallback, secret: string): string {
  const bodyHash = createHash('sha256').update(text).digest('hex');
  const parts = [envelope.appKey, headers['x-app-timestamp'], headers['x-app-nonce'], bodyHash];
  return createHmac('sha256', secret).update(parts.join('\n')).digest('hex');
}

function delays(strategy: RetryStrategy): number[] {
  const policy = completeRetryPolicy({ strategy, initialDelayMs: 1_000, maxDelayMs: 60_000, jitter: false });
  return [1, 2, 3].map((failed) => retryDelayMs(policy, failed, () => 0.5));
}

async function ruleOf({ admin, app }: FamiliarStory, rule: string, like: object): Promise<void> {
  const rules = await admin.data<{ rules: Record<string, object> }>('GET', `${app.base}/alert-rules`);
  expect(rules.rules[rule]).toMatchObject(like);
}
