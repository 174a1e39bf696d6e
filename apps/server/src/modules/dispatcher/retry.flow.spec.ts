import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RetryPolicyInput } from '@im/contracts/api/retry-policy';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { becomeDue } from '../../testing/become-due.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
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

function headerValues(name: string): Set<unknown> {
  return new Set(receiver.callbacks.map(({ headers }) => headers[name]));
}

/** Milliseconds between the callbacks' arrivals. */
function gapsMs(): number[] {
  const at = receiver.callbacks.map(({ atMs }) => atMs);
  return at.slice(1).map((ms, index) => ms - (at[index] ?? 0));
}

it('a receiver that fails is tried again, alarms people, and all is well once it is repaired', async () => {
  receiver.answerWith(500, {}, 'database is down');
  const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(12, 200) });
  const { eventId } = await app.post();

  const warning = await app.alert('consecutive_failures', { severity: 'warning', status: 'open' });
  expect(warning.detail.consecutiveFailures).toBeGreaterThanOrEqual(5);
  expect(warning.detail.consecutiveFailures).toBeLessThan(10);
  const failed = await app.outcome(eventId);
  expect(failed).toMatchObject({
    status: 'failed',
    attempts: 12,
    maxAttempts: 12,
    responseStatus: 500,
    errorClass: 'server_error',
    nextAttemptAt: null,
  });
  expect(failed.attemptLog.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(failed.attemptLog.every(({ responseBody }) => responseBody === 'database is down')).toBe(true);

  expect(receiver.callbacks).toHaveLength(12);
  expect(receiver.callbacks.every(({ isSignatureValid }) => isSignatureValid)).toBe(true);
  expect(headerValues('x-app-nonce').size).toBe(12);
  expect(headerValues('x-app-timestamp').size).toBe(12);
  expect(headerValues('x-app-callback-id')).toEqual(new Set([failed.callbackId]));
  expect(new Set(receiver.callbacks.map(({ text }) => text)).size).toBe(1);
  expect(Math.min(...gapsMs())).toBeGreaterThanOrEqual(195);

  const critical = await app.alert('consecutive_failures', { severity: 'critical', status: 'open' });
  expect(critical).toMatchObject({ alertId: warning.alertId, webhookId });
  expect(critical.escalatedAt).not.toBeNull();
  await app.alert('delivery_exhausted', { severity: 'critical', status: 'open' });
  await becomeDue(service.database);
  expect(await app.webhook(webhookId)).toMatchObject({
    health: 'unhealthy',
    consecutiveFailures: 12,
    stats: { total: 1, succeeded: 0, failed: 1, attempts: 12, attemptSuccessRate: 0, deliveredRate: 0 },
  });

  receiver.answerWith(200);
  const answer = await app.call('POST', `/deliveries/${failed.deliveryId}/redeliver`);
  expect(answer.status).toBe(202);
  await app.alert('consecutive_failures', { status: 'resolved', resolvedBy: 'system' });
  await app.alert('delivery_exhausted', { status: 'resolved', resolvedBy: 'system' });
  const redelivery = (await app.settled(eventId)).find(({ kind }) => kind === 'redelivery');
  expect(redelivery).toMatchObject({
    status: 'success',
    attempts: 1,
    callbackId: failed.callbackId,
    originalDeliveryId: failed.deliveryId,
  });
  expect(receiver.callbacks.at(-1)?.envelope).toMatchObject({
    callbackId: failed.callbackId,
    deliveryId: redelivery?.deliveryId,
  });
  expect(await app.webhook(webhookId)).toMatchObject({
    health: 'healthy',
    consecutiveFailures: 0,
    // A redelivery is an attempt more; the event itself was given up.
    stats: { total: 2, succeeded: 1, failed: 1, attempts: 13, attemptSuccessRate: 1 / 13, deliveredRate: 0 },
  });
});

describe('the waits between attempts', () => {
  it.each<[string, RetryPolicyInput, number[]]>([
    [
      'as a schedule lists them, the last one repeated',
      { strategy: 'schedule', scheduleMs: [60, 240], jitter: false, maxAttempts: 4 },
      [60, 240, 240],
    ],
    [
      'doubled',
      { strategy: 'exponential', initialDelayMs: 60, jitter: false, maxAttempts: 4 },
      [60, 120, 240],
    ],
    ['longer by the same', { strategy: 'linear', initialDelayMs: 80, maxAttempts: 4 }, [80, 160, 240]],
    ['the same', { strategy: 'fixed', initialDelayMs: 100, maxAttempts: 3 }, [100, 100]],
    [
      'never above the maximum',
      { strategy: 'exponential', initialDelayMs: 60, maxDelayMs: 90, jitter: false, maxAttempts: 4 },
      [60, 90, 90],
    ],
  ])('are %s', async (_name, retryPolicy, waitsMs) => {
    receiver.answerWith(503);
    await app.addWebhook(receiver.url, { retryPolicy });
    expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: waitsMs.length + 1 });
    // A busy machine makes an attempt late, never early.
    gapsMs().forEach((gapMs, index) => {
      expect(gapMs).toBeGreaterThanOrEqual((waitsMs[index] ?? 0) - 5);
    });
  });

  it('are those the receiver asks for with Retry-After', async () => {
    receiver.answerBy((response, _callback, count) => {
      if (count === 1) response.writeHead(429, { 'Retry-After': '1' }).end();
      else response.end();
    });
    await app.addWebhook(receiver.url);
    expect(await app.deliver()).toMatchObject({ status: 'success', attempts: 2 });
    expect(gapsMs()[0]).toBeGreaterThanOrEqual(995);
  });

  it('never exceed the policy’s maximum, whatever the receiver asks for', async () => {
    receiver.answerWith(503, { 'Retry-After': '3600' });
    await app.addWebhook(receiver.url, { retryPolicy: { ...fixedRetry(2), maxDelayMs: 200 } });
    expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: 2 });
    expect(gapsMs()[0]).toBeGreaterThanOrEqual(195);
  });
});

describe('how an attempt fails', () => {
  it('a redirect is a failure and never followed', async () => {
    receiver.answerWith(307, { Location: `${receiver.url}/elsewhere` });
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2) });
    expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: 2, errorClass: 'redirect' });
    expect(receiver.callbacks.map(({ path }) => path)).toEqual(['/callback', '/callback']);
  });

  it('a receiver that does not answer in time', async () => {
    receiver.answerBy((response, _callback, count) => {
      if (count > 1) response.end();
    });
    await app.addWebhook(receiver.url, { timeoutMs: 1_000 });
    const delivery = await app.deliver();
    expect(delivery).toMatchObject({ status: 'success', attempts: 2 });
    expect(delivery.attemptLog[0]).toMatchObject({ responseStatus: null, errorClass: 'response_timeout' });
    // A timer may go off a fraction of a millisecond early.
    expect(delivery.attemptLog[0]?.durationMs).toBeGreaterThanOrEqual(995);
  });

  it('the connection is refused', async () => {
    const { url } = receiver;
    await receiver.stop();
    await app.addWebhook(url, { retryPolicy: fixedRetry(2) });
    expect(await app.deliver()).toMatchObject({
      status: 'failed',
      attempts: 2,
      errorClass: 'connect_refused',
    });
  });

  it('a receiver that hangs up', async () => {
    receiver.answerBy((response) => response.destroy());
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2) });
    expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: 2, errorClass: 'reset' });
  });
});

describe('a policy that gives up early', () => {
  it('retries only the answers it lists', async () => {
    receiver.answerBy((response, _callback, count) => response.writeHead(count === 1 ? 503 : 400).end());
    await app.addWebhook(receiver.url, { retryPolicy: { ...fixedRetry(5), retryOnStatus: [503] } });
    expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: 2, errorClass: 'client_error' });
  });

  it('does not retry timeouts if the policy says so', async () => {
    receiver.answerBy(() => undefined);
    const retryPolicy = { ...fixedRetry(5), retryOnTimeout: false };
    await app.addWebhook(receiver.url, { timeoutMs: 1_000, retryPolicy });
    expect(await app.deliver()).toMatchObject({ attempts: 1, errorClass: 'response_timeout' });
  });
});

it('410 Gone disables the webhook until a person enables it again', async () => {
  receiver.answerWith(410);
  const { webhookId } = await app.addWebhook(receiver.url);
  expect(await app.deliver()).toMatchObject({ status: 'failed', attempts: 1, errorClass: 'gone' });
  expect(await app.webhook(webhookId)).toMatchObject({
    enabled: false,
    disabledReason: 'gone',
    health: 'disabled',
  });
  await app.alert('webhook_disabled', { status: 'open', severity: 'critical' });
  expect((await app.call('GET', `/webhooks/${webhookId}/revisions`)).body).toMatchObject({
    data: [
      { revision: 2, by: 'system', settings: { enabled: false, disabledReason: 'gone' } },
      { revision: 1 },
    ],
  });

  const { eventId, deliveries } = await app.post();
  expect(deliveries).toBe(0);
  expect(await app.outcome(eventId)).toMatchObject({ status: 'skipped', attempts: 0 });
  expect(receiver.callbacks).toHaveLength(1);

  receiver.answerWith(200);
  expect((await app.call('POST', `/webhooks/${webhookId}/enable`)).body).toMatchObject({
    data: { enabled: true, disabledReason: null },
  });
  await app.alert('webhook_disabled', { status: 'resolved', resolvedBy: 'system' });
  expect(await app.deliver()).toMatchObject({ status: 'success' });
});

it('one receiver’s failures leave another’s deliveries alone', async () => {
  const broken = await CallbackReceiver.start();
  broken.answerBy(() => undefined);
  await app.addWebhook(broken.url, { timeoutMs: 60_000, name: 'broken' });
  await app.addWebhook(receiver.url);
  for (let i = 0; i < 20; i += 1) await app.post();
  await eventually(async () => (await app.deliveries('?status=success')).length === 20);
  expect(receiver.callbackIds.size).toBe(20);
  expect(await app.deliveries('?status=pending')).toHaveLength(20);
  await broken.stop();
});
