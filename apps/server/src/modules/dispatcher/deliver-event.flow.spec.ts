import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IngestedEvent } from '@im/contracts/api/events';
import type { Single } from '@im/contracts/api/common';
import { addApiToken } from '../../testing/apps.js';
import { AppUnderTest, eventually } from '../../testing/app-under-test.js';
import { becomeDue } from '../../testing/become-due.js';
import { CallbackReceiver, signedHeaders } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
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

/** Over a real socket, as a program outside would. */
async function postOverHttp(body: string, headers: Record<string, string>): Promise<IngestedEvent> {
  const response = await fetch(`${service.url}/api/v1/apps/${app.appKey}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(response.status).toBe(202);
  return ((await response.json()) as Single<IngestedEvent>).data;
}

describe('an event', () => {
  it.each([
    ['a session', () => Promise.resolve({ ...app.client.headers })],
    [
      'an API token',
      async () => ({
        authorization: `Bearer ${(await addApiToken(service.admin, ['events:write'])).token}`,
      }),
    ],
    [
      'an app signature',
      (body: string) =>
        Promise.resolve(signedHeaders(app.appKey, app.appSecret, body, randomBytes(16).toString('hex'))),
    ],
  ])('posted with %s arrives exactly once, rightly signed', async (_name, headersFor) => {
    await app.addWebhook(receiver.url);
    const body = JSON.stringify(messageSent());
    const { eventId, deliveries } = await postOverHttp(body, await headersFor(body));
    expect(deliveries).toBe(1);
    const delivery = await app.outcome(eventId);
    expect(delivery).toMatchObject({ status: 'success', attempts: 1, kind: 'event', responseStatus: 200 });
    expect(receiver.callbacks).toHaveLength(1);
    expect(receiver.callbacks[0]).toMatchObject({ isSignatureValid: true, path: '/callback' });
  });

  it('is signed with the webhook’s own secret when it has one', async () => {
    await app.addWebhook(receiver.url, { secret: '自己的密钥 with spaces' });
    receiver.key = '自己的密钥 with spaces';
    await app.deliver();
    expect(receiver.callbacks[0]?.isSignatureValid).toBe(true);
  });

  it('goes to each webhook that wants it, under a callbackId of its own', async () => {
    const webhooks = [await app.addWebhook(receiver.url), await app.addWebhook(receiver.url)];
    const { eventId, deliveries } = await app.post();
    expect(deliveries).toBe(2);
    await app.settled(eventId);
    expect(receiver.callbacks.map(({ envelope }) => envelope.webhookId).sort()).toEqual(
      webhooks.map(({ webhookId }) => webhookId).sort(),
    );
    expect(receiver.callbackIds.size).toBe(2);
  });
});

describe('the request a receiver gets', () => {
  it('carries the documented envelope and headers', async () => {
    const webhook = await app.addWebhook(receiver.url, { headers: { 'X-Team': 'im' } });
    const before = Date.now();
    const delivery = await app.deliver(messageSent({}, { timestamp: '2026-11-21T16:00:00.123+08:00' }));
    const [callback] = receiver.callbacks;
    expect(Object.keys(callback!.envelope)).toEqual([
      'callbackId',
      'event',
      'appKey',
      'timestamp',
      'webhookId',
      'deliveryId',
      'data',
    ]);
    expect(callback!.envelope).toMatchObject({
      callbackId: delivery.callbackId,
      event: 'message.sent',
      appKey: app.appKey,
      timestamp: '2026-11-21T08:00:00.123Z',
      webhookId: webhook.webhookId,
      deliveryId: delivery.deliveryId,
    });
    expect(callback!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'x-app-key': app.appKey,
      'x-app-event': 'message.sent',
      'x-app-callback-id': delivery.callbackId,
      'x-app-delivery-id': delivery.deliveryId,
      'x-app-webhook-id': webhook.webhookId,
      'x-app-attempt': '1',
      'x-team': 'im',
    });
    expect(callback!.headers['user-agent']).toMatch(/^IM-Callback\/\d/);
    expect(callback!.headers['x-app-nonce']).toMatch(/^[0-9a-f]{32}$/);
    const sentAt = Number(callback!.headers['x-app-timestamp']);
    expect(sentAt).toBeGreaterThanOrEqual(before);
    expect(sentAt).toBeLessThanOrEqual(Date.now());
  });

  it('carries the payload byte for byte: big numbers, escapes, key order and unknown fields', async () => {
    await app.addWebhook(receiver.url);
    const payload = `{ "zeta": 9007199254740993123, "messageId":"m\\u002d1", "conversationId":"single_u1_u2",
      "conversationType":"single","senderId":"u1","contentType":"text","status":"normal","sentAt":"2026-11-21T08:00:00.000Z",
      "content":{"text":"\\ud83d\\udc4b \\/ \\u0000 你好","amount":1.10,"huge":1e400,"zero":-0},"alpha":[1.0,{"b":1,"a":2}] }`;
    const delivery = await app.deliver(`{"data":${payload},"event":"message.sent"}`);
    expect(receiver.callbacks[0]?.text.endsWith(`,"data":${payload}}`)).toBe(true);
    expect(receiver.callbacks[0]?.isSignatureValid).toBe(true);
    expect(delivery.requestBody).toBe(receiver.callbacks[0]?.text);
  });

  it('is in the log afterwards with its phases, headers and answer', async () => {
    receiver.answerWith(201, { 'X-Trace': 'abc' }, '收到');
    await app.addWebhook(receiver.url, { headers: { Authorization: 'Bearer very-secret-value' } });
    const delivery = await app.deliver();
    expect(receiver.callbacks[0]?.headers.authorization).toBe('Bearer very-secret-value');
    expect(delivery.attemptLog).toHaveLength(1);
    const [attempt] = delivery.attemptLog;
    expect(attempt).toMatchObject({
      attempt: 1,
      remoteAddress: '127.0.0.1',
      responseStatus: 201,
      responseBody: '收到',
      isResponseTruncated: false,
      errorClass: null,
      errorMessage: null,
      phases: { tlsMs: null },
    });
    expect(attempt?.responseHeaders).toMatchObject({ 'x-trace': 'abc' });
    expect(attempt?.phases.firstByteMs).toBeGreaterThan(0);
    expect(attempt?.durationMs).toBeGreaterThanOrEqual(attempt?.phases.firstByteMs ?? Infinity);
    expect(attempt?.requestHeaders).toMatchObject({
      'X-App-Signature': receiver.callbacks[0]?.headers['x-app-signature'],
    });
    expect(JSON.stringify(delivery)).not.toContain('very-secret-value');
    expect(delivery.completedAt).not.toBeNull();
  });
});

it('counts what became of a webhook’s deliveries', async () => {
  const webhook = await app.addWebhook(receiver.url, { retryPolicy: { maxAttempts: 1 } });
  for (let i = 0; i < 3; i += 1) await app.deliver();
  receiver.answerWith(500);
  await app.deliver();
  receiver.answerBy(() => undefined);
  await app.post();
  await eventually(() => receiver.callbacks.length === 5);
  await becomeDue(service.database);
  // What waits has not arrived, however it will end.
  expect((await app.webhook(webhook.webhookId)).stats).toEqual({
    total: 5,
    succeeded: 3,
    failed: 1,
    pending: 1,
    attempts: 4,
    attemptSuccessRate: 0.75,
    deliveredRate: 0.6,
    successRate: 0.6,
  });
  await receiver.stop();
  await eventually(async () => (await app.webhook(webhook.webhookId)).stats.pending === 0);
  expect((await app.webhook(webhook.webhookId)).stats).toMatchObject({
    ...{ failed: 2, attempts: 5, attemptSuccessRate: 0.6, deliveredRate: 0.6 },
  });
});
