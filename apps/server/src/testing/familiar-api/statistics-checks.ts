/** Checks statistics, received requests, retries and health of docs/familiar-api.md. */
import { createHmac, hash } from 'node:crypto';
import { completeRetryPolicy, type RetryStrategy } from '@im/contracts/api/retry-policy';
import { expect } from 'vitest';
import { retryDelayMs } from '../../modules/delivery-store/domain/retry-delay.js';
import type { ReceivedCallback } from '../callback-receiver.js';
import { familiarEvents } from './events.js';
import type { Checks, FamiliarStory } from './story.js';

export const statisticsChecks: Checks = {
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
      expect(stats.overall.deliveredRate).toBeCloseTo(familiarEvents.length / (familiarEvents.length + 1), 3),
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
      expect(callbacks[0]?.headers['user-agent']).toMatch(/^IM-Callback\/\d+\.\d+\.\d+(-rc\.\d+)?$/),
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
    'success rate below 95 %': (results) =>
      ruleOf(results, 'success_rate', { enabled: true, warningPercent: 95 }),
    'slow answers': (results) => ruleOf(results, 'slow', { enabled: true, warningMs: 5_000 }),
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
    'a retry now instead of later': async ({ app, created }) => {
      expect(await app.call('POST', `/webhooks/${created.webhookId}/send-now`)).toMatchObject({
        status: 202,
        body: { data: { waiting: 0 } },
      });
    },
    'pausing deliveries for maintenance': async ({ app, created }) => {
      for (const [change, pausedBy] of [
        ['pause', 'admin@example.com'],
        ['resume', null],
      ]) {
        const { body } = await app.call('POST', `/webhooks/${created.webhookId}/${String(change)}`);
        expect(body).toMatchObject({ data: { pausedBy, waiting: 0 } });
      }
    },
  },
};

/** As a receiver computes it, with Node only. */
function signatureOf({ headers, text, envelope }: ReceivedCallback, secret: string): string {
  const bodyHash = hash('sha256', text, 'hex');
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
