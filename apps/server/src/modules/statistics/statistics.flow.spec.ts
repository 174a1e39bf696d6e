import type { AppSummary } from '@im/contracts/api/apps';
import type { Page } from '@im/contracts/api/common';
import type { FailureCauses } from '@im/contracts/api/failure-causes';
import type { AppStatistics, WebhookStatistics } from '@im/contracts/api/statistics';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { becomeDue } from '../../testing/become-due.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { friendDeleted, messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
});

afterEach(async () => {
  await receiver.stop();
});

afterAll(async () => {
  await service.stop();
});

const ofApp = (query = ''): Promise<AppStatistics> => service.admin.data('GET', `${app.base}/stats${query}`);
const ofWebhook = (webhookId: string, query = ''): Promise<WebhookStatistics> =>
  service.admin.data('GET', `${app.base}/webhooks/${webhookId}/stats${query}`);

describe('statistics', () => {
  it('do not call it a success while some receivers only fail and what waits for them has not arrived', async () => {
    for (let index = 0; index < 3; index += 1) await app.addWebhook(receiver.url);
    const broken = await CallbackReceiver.start(app.appSecret);
    broken.answerWith(500);
    const retryPolicy = fixedRetry(9, 60_000);
    const failing = await app.addWebhook(broken.url, { retryPolicy });
    await app.addWebhook(broken.url, { retryPolicy });
    await app.post(messageSent());
    await eventually(async () => (await ofApp()).overall.attempts === 5);
    await becomeDue(service.database);
    const rates = { attemptSuccessRate: 0.6, deliveredRate: 0.6, successRate: 0.6 };
    const { overall, buckets, byWebhook } = await ofApp();
    expect(overall).toMatchObject({ total: 5, succeeded: 3, failed: 0, pending: 2, ...rates });
    expect(buckets.find(({ total }) => total > 0)).toMatchObject(rates);
    const ofFailing = { attemptSuccessRate: 0, deliveredRate: 0, successRate: 0 };
    expect(byWebhook.find(({ webhookId }) => webhookId === failing.webhookId)).toMatchObject(ofFailing);
    expect((await app.webhook(failing.webhookId)).stats).toMatchObject({
      failed: 0,
      pending: 1,
      ...ofFailing,
    });
    const { data } = (await service.admin.call('GET', '/apps?limit=1')).body as Page<AppSummary>;
    expect(data[0]).toMatchObject({
      appKey: app.appKey,
      last24Hours: { total: 5, attempts: 5, ...rates },
      webhookHealth: { worst: 'failing', unwell: 2, pending: 2 },
    });
    await broken.stop();
  });

  it('show deliveries as the list of the same time does, test sends left out', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    const disabled = await app.addWebhook(receiver.url, { enabled: false, events: ['message.*'] });
    await app.deliveries();
    const { eventId } = await app.post(messageSent());
    await app.settled(eventId);
    receiver.answerWith(503);
    const failed = await app.deliver(friendDeleted());
    await app.call('POST', `/deliveries/${failed.deliveryId}/redeliver`);
    await app.settled(failed.eventId);
    await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });

    await becomeDue(service.database);
    const statistics = await ofApp('?period=hour');
    const { from, to } = statistics.buckets.find(({ total }) => total > 0)!;
    expect(statistics.overall).toMatchObject({ total: 4, succeeded: 1, failed: 2, skipped: 1, pending: 0 });
    // Two of the three that were not skipped are events, and one of them arrived.
    expect(statistics.overall).toMatchObject({ attempts: 3, deliveredRate: 0.5, successRate: 0.5 });
    expect(statistics.overall.attemptSuccessRate).toBeCloseTo(1 / 3);
    expect(statistics.byEvent.map(({ deliveredRate }) => deliveredRate)).toEqual([0, 1]);
    expect(statistics.byEvent.map(({ event, total }) => [event, total])).toEqual([
      ['friend.deleted', 2],
      ['message.sent', 2],
    ]);
    expect(statistics.byWebhook.map(({ webhookId: id, total, failed: lost }) => [id, total, lost])).toEqual([
      [webhookId, 3, 2],
      [disabled.webhookId, 1, 0],
    ]);
    const listed = await app.deliveries(`?from=${from}&to=${to}`);
    const inBucket = statistics.buckets.find((bucket) => bucket.from === from)!.total;
    expect(listed.filter(({ kind }) => kind !== 'test')).toHaveLength(inBucket);
    expect((await app.webhook(webhookId)).stats).toMatchObject({ total: 3, succeeded: 1, failed: 2 });
  });

  it('show how long the attempts took that ended the deliveries', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const { durationMs } = await app.deliver();
    const { overall, errorBound } = await ofWebhook(webhookId);
    expect(errorBound).toBeLessThanOrEqual(0.02);
    expect(overall.meanMs).toBeCloseTo(durationMs!, 3);
    for (const percentile of [overall.p50Ms!, overall.p95Ms!, overall.p99Ms!]) {
      expect(Math.abs(percentile - durationMs!)).toBeLessThanOrEqual(durationMs! * (errorBound + 1e-6));
    }
  });

  it('are of one event when that is asked for', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    await app.deliver(messageSent());
    await app.deliver(friendDeleted());
    const { event, overall, byEvent } = await ofWebhook(webhookId, '?event=friend.deleted');
    expect({ event, total: overall.total, names: byEvent.map((each) => each.event) }).toEqual({
      event: 'friend.deleted',
      total: 1,
      names: ['friend.deleted'],
    });
    expect((await ofWebhook(webhookId, '?event=nothing.ever')).overall).toEqual({
      ...{ total: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0, pending: 0 },
      ...{
        attempts: 0,
        attemptSuccessRate: null,
        deliveredRate: null,
        successRate: null,
        meanMs: null,
        p50Ms: null,
        p95Ms: null,
        p99Ms: null,
      },
    });
  });

  it('keep what a deleted webhook has delivered', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    await app.deliver();
    await app.call('DELETE', `/webhooks/${webhookId}`);
    expect((await ofApp()).byWebhook).toMatchObject([{ webhookId, isDeleted: true, total: 1 }]);
    expect((await app.call('GET', `/webhooks/${webhookId}/stats`)).status).toBe(404);
  });

  it.each([
    ['?period=hour', 24],
    ['?period=day', 30],
    ['?period=week', 12],
    ['?period=month', 12],
    ['', 30],
  ])('cover a span of their own when none is asked for: %s', async (query, count) => {
    const { from, to, buckets } = await ofApp(query);
    expect(buckets).toHaveLength(count);
    expect([buckets[0]!.from, buckets.at(-1)!.to]).toEqual([from, to]);
    expect(Date.parse(to)).toBeGreaterThan(Date.now());
    expect(Date.parse(buckets.at(-1)!.from)).toBeLessThanOrEqual(Date.now());
  });

  it('take whole buckets of the caller’s time zone', async () => {
    const query = 'period=day&timeZone=Asia/Kolkata&from=2026-03-01T12:00:00%2B05:30&to=2026-03-02T12:00:00Z';
    const { from, to, buckets } = await ofApp(`?${query}`);
    expect({ from, to, count: buckets.length }).toEqual({
      from: '2026-02-28T18:30:00.000Z',
      to: '2026-03-02T18:30:00.000Z',
      count: 2,
    });
  });

  it.each([
    ['period=year', '?period'],
    ['from=yesterday', '?from'],
    ['from=2999-01-01T00:00:00Z', '?from'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z', '?to'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', '?to'],
    ['period=hour&from=1970-01-01T00:00:00Z', '?from'],
    ['period=hour&from=2026-01-01T00:00:00Z&to=2026-02-11T16:00:01Z', '?from'],
    ['timeZone=Mars/Olympus', '?timeZone'],
    ['timeZone=%2B08:00', '?timeZone'],
    ['limit=5', '?limit'],
  ])('refuse %s', async (query, pointer) => {
    const answer = await app.call('GET', `/stats?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it.each([
    'period=hour&from=2026-01-01T00:00:00Z&to=2026-02-11T16:00:00Z',
    'period=month&from=1970-01-01T00:00:00Z&to=2026-01-01T00:00:00Z&timeZone=America/New_York',
    'period=month&from=9999-12-31T23:59:59Z&to=9999-12-31T23:59:59.999Z&timeZone=Asia/Tokyo',
  ])('accept the earliest and the latest instants, and as many buckets as fit: %s', async (query) => {
    expect((await app.call('GET', `/stats?${query}`)).status).toBe(200);
  });

  it('count by the minute for at most six hours, and refuse more', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    await app.post(messageSent());
    await eventually(async () => (await ofApp('?period=minute')).overall.succeeded === 1);
    const { buckets, byWebhook, byEvent } = await ofApp('?period=minute');
    expect(buckets).toHaveLength(60);
    expect(byWebhook.map(({ webhookId: id, total }) => [id, total])).toEqual([[webhookId, 1]]);
    expect(byEvent.map(({ event, succeeded }) => [event, succeeded])).toEqual([['message.sent', 1]]);
    const span = (hours: number) =>
      `?period=minute&from=2026-01-01T00:00:30Z&to=2026-01-01T0${String(hours)}:00:30Z`;
    expect((await service.admin.call('GET', `${app.base}/stats${span(6)}`)).status).toBe(200);
    expect((await service.admin.call('GET', `${app.base}/stats${span(7)}`)).status).toBe(422);
  });
});

describe('causes of failure', () => {
  const read = (query = ''): Promise<FailureCauses> =>
    service.admin.data('GET', `${app.base}/stats/causes${query}`);

  it('are those of the last day, test sends left out, unless another span is asked for', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1) });
    expect(await read()).toMatchObject({ causes: [], isPartial: false });
    receiver.answerWith(503);
    await app.deliver();
    await app.deliver();
    receiver.answerWith(404);
    const { createdAt } = await app.deliver();
    await app.call('POST', `/webhooks/${webhookId}/test`, { body: {} });
    const { from, to, causes } = await read();
    expect(causes).toEqual([
      { errorClass: 'server_error', count: 2, responseStatuses: [503] },
      { errorClass: 'not_found', count: 1, responseStatuses: [404] },
    ]);
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
    expect((await read(`?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`)).causes).toEqual([]);
    expect((await read(`?from=${createdAt}`)).causes).toMatchObject([{ responseStatuses: [404] }]);
  });

  it.each([
    ['from=2999-01-01T00:00:00Z', '?from'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-02T00:00:00Z', '?to'],
    ['from=yesterday', '?from'],
  ])('refuse %s', async (query, pointer) => {
    const answer = await app.call('GET', `/stats/causes?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it.each(['to=1970-01-01T00:00:00Z', 'to=9999-12-31T23:59:59.999Z'])(
    'accept the earliest and the latest instants: %s',
    async (query) => {
      expect((await app.call('GET', `/stats/causes?${query}`)).status).toBe(200);
    },
  );
});
