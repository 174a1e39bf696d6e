/** Checks test sends, the history and redelivery of docs/familiar-api.md. */
import { expect } from 'vitest';
import { familiarEvents } from './events.js';
import { exampleOf, type Checks } from './story.js';

export const deliveryChecks: Checks = {
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
    'answer: event_type, attempts, delivered_at, webhook_url': ({ receiverUrl, testDetail }) => {
      expect(testDetail).toMatchObject({ event: 'build.completed', attempts: 1, url: receiverUrl });
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
    'answer: webhook_url': ({ receiverUrl, redeliveryDetail }) =>
      expect(redeliveryDetail.url).toBe(receiverUrl),
  },
};
