import type { Checkup } from '@im/contracts/api/checkup';
import type { TestReceiver } from '@im/contracts/api/test-receiver';
import type { TestReceiverMode } from '@im/contracts/api/test-receiver-constants';
import { signSync } from '@im/contracts/signature-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { messageSent } from '../../testing/sample-events.js';
import { addMember } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let url: string;

beforeAll(async () => {
  // Loopback is guarded, as it is for tenants.
  service = await startTestService({ WEBHOOK_ALLOWED_CIDRS: '' });
});
beforeEach(async () => {
  app = await service.addApp();
  url = (await createReceiver()).url ?? '';
});
afterAll(() => service.stop());

async function createReceiver(): Promise<TestReceiver> {
  // Without PUBLIC_URL the address is the one that was asked.
  const headers = { host: new URL(service.url).host };
  return app.client.data('POST', `${app.base}/test-receiver`, { headers });
}

const received = () => app.client.data<TestReceiver>('GET', `${app.base}/test-receiver`);
const setMode = (mode: TestReceiverMode) =>
  app.client.data<TestReceiver>('PATCH', `${app.base}/test-receiver`, { body: { mode } });

describe('a test receiver', () => {
  it('is created once, with an address that is there without a further step', async () => {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/test-receiver\/[0-9a-f]{48}$/);
    expect(await createReceiver()).toMatchObject({ url, mode: 'ok', requests: [] });
    const other = await service.addApp();
    const none = await other.client.data<TestReceiver>('GET', `${other.base}/test-receiver`);
    expect(none).toEqual({ url: null, mode: 'ok', requests: [] });
    expect((await other.call('PATCH', '/test-receiver', { body: { mode: 'fail' } })).status).toBe(404);
  });

  it('takes a delivery, shows it with its verdict, and hides credentials', async () => {
    const webhook = await app.addWebhook(url, { headers: { Authorization: 'Bearer of-the-receiver' } });
    const delivery = await app.deliver();
    expect(delivery).toMatchObject({ status: 'success', responseStatus: 200, errorClass: null });
    expect(delivery.attemptLog[0]).toMatchObject({ remoteAddress: null, responseBody: '{"received":true}' });
    const { requests } = await received();
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({
      ...{ method: 'POST', answerStatus: 200, isFromOutside: false, webhookId: webhook.webhookId },
      ...{ isSignatureValid: true, signatureFault: null, isBodyTruncated: false },
    });
    expect(requests[0]?.headers).toMatchObject({ 'X-App-Delivery-Id': delivery.deliveryId });
    expect(JSON.stringify(requests)).not.toContain('of-the-receiver');
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ event: 'message.sent' });
  });

  it('that fails makes deliveries wait for their next attempt', async () => {
    await app.addWebhook(url, { retryPolicy: fixedRetry(3, 600_000) });
    await setMode('fail');
    const { eventId } = await app.post();
    const waiting = await eventually(async () =>
      (await app.deliveries(`?eventId=${eventId}`)).find(({ attempts }) => attempts === 1),
    );
    expect(waiting).toMatchObject({ status: 'pending', responseStatus: 500, errorClass: 'server_error' });
  });

  it.each([
    ['hang', 'response_timeout'],
    ['refuse', 'connect_refused'],
  ] as const)('set to %s ends in %s', async (mode, errorClass) => {
    await app.addWebhook(url, { retryPolicy: fixedRetry(1), timeoutMs: 1_000 });
    await setMode(mode);
    const delivery = await app.deliver();
    expect(delivery).toMatchObject({ status: 'failed', errorClass, responseStatus: null });
    expect((await received()).requests[0]).toMatchObject({ answerStatus: null, isSignatureValid: true });
  });

  it('leaves a bounded number of requests without an answer', async () => {
    await app.addWebhook(url, { retryPolicy: fixedRetry(1), timeoutMs: 30_000 });
    await setMode('hang');
    for (let count = 0; count < 21; count += 1) await app.post(messageSent());
    await eventually(async () =>
      (await received()).requests.some(({ answerStatus }) => answerStatus === 429),
    );
    const { requests } = await received();
    expect(requests.filter(({ answerStatus }) => answerStatus === null)).toHaveLength(20);
  });

  it.each([
    ['x-app', null],
    ['x-app', 'a secret of its own'],
    ['standard-webhooks', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['body-hmac', 'a secret of its own'],
  ] as const)('verifies the scheme %s with the secret %s', async (signature, secret) => {
    await app.addWebhook(url, { signature, signaturePrefix: 'X-Pole', ...(secret && { secret }) });
    expect((await app.deliver()).status).toBe('success');
    expect((await received()).requests[0]).toMatchObject({
      signatureScheme: signature,
      isSignatureValid: true,
    });
  });

  it('takes batches and test sends', async () => {
    const { webhookId } = await app.addWebhook(url, { batch: { maxEvents: 2, maxWaitMs: 60_000 } });
    await app.post();
    expect((await app.deliver()).status).toBe('success');
    expect((await received()).requests[0]?.headers).toMatchObject({ 'X-App-Batch': '2' });
    await app.client.data('POST', `${app.base}/webhooks/${webhookId}/test`);
    expect((await received()).requests[0]?.headers).toMatchObject({ 'X-App-Kind': 'test' });
  });

  it('passes the check-up: it refuses wrong and stale signatures', async () => {
    const { webhookId } = await app.addWebhook(url);
    const checkup = await app.client.data<Checkup>('POST', `${app.base}/webhooks/${webhookId}/checkup`);
    const failed = checkup.checks.filter(({ status }) => status === 'fail');
    expect(failed.map(({ check }) => check)).toEqual([]);
    const faults = (await received()).requests.map(({ signatureFault }) => signatureFault);
    expect(faults).toEqual(expect.arrayContaining(['signature_differs', 'timestamp_out_of_window']));
  });

  it('allows what before-callbacks ask', async () => {
    await app.addWebhook(url, { before: { events: ['message.sent'] } });
    const answer = await app.call('POST', '/before/message.sent', { body: { data: { n: 1 } } });
    expect(answer.body).toMatchObject({ data: { decision: 'allow', decidedBy: 'receiver' } });
  });

  it('keeps the last 50 requests', async () => {
    await app.addWebhook(url);
    const posted = await Promise.all(Array.from({ length: 53 }, () => app.post(messageSent())));
    for (const { eventId } of posted) await app.settled(eventId);
    expect((await received()).requests).toHaveLength(50);
  });

  it('shows support neither its address nor what messages say', async () => {
    await app.addWebhook(url);
    await app.deliver(messageSent({ text: 'meet me at noon' }));
    const support = await addMember(service, 'support');
    const answer = await support.call('GET', `${app.base}/test-receiver`);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain('meet me at noon');
    expect(answer.text).not.toContain(url.slice(-48));
  });
});

describe('the address guard', () => {
  const other = 'f'.repeat(48);

  it.each([
    ['another token', () => url.replace(/[^/]+$/, other)],
    ['another port', () => url.replace(/:\d+\//, ':9/')],
    ['another scheme', () => url.replace('http:', 'https:')],
    ['a user', () => url.replace('http://', 'http://user@')],
    ['a query', () => `${url}?x=1`],
    ['a longer path', () => `${url}/x`],
    ['a path that leads back', () => url.replace('/test-receiver/', '/x/../test-receiver/')],
    ['another spelling of the host', () => url.replace('127.0.0.1', '127.1')],
    ['another spelling of the path', () => url.replace('/test-receiver/', '/Test-Receiver/')],
  ])('refuses an address that has %s', async (_what, lookalike) => {
    const answer = await app.call('POST', '/webhooks', { body: { url: lookalike() } });
    expect(answer.status).toBe(422);
    expect((await received()).requests).toEqual([]);
  });

  it('refuses the address of another app', async () => {
    const stranger = await service.addApp();
    const answer = await stranger.call('POST', '/webhooks', { body: { url } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ code: 'blocked_address' }] } });
  });

  it('opens no connection for a webhook that has such an address nevertheless', async () => {
    const { webhookId } = await app.addWebhook(url, { retryPolicy: fixedRetry(1) });
    await service.database.query(`DELETE FROM test_receiver_requests`);
    await service.database.query(`UPDATE test_receivers SET url_hash = ''`);
    expect(await app.deliver()).toMatchObject({ status: 'failed', errorClass: 'blocked_address' });
    expect((await received()).requests).toEqual([]);
    expect((await app.webhook(webhookId)).url).toBe(url);
  });
});

describe('a request from outside', () => {
  const call = (init: RequestInit = {}) => fetch(url, { method: 'POST', body: '{"n":1}', ...init });

  it('that is signed by the AppSecret is answered 200, others 401', async () => {
    const input = { appKey: app.appKey, timestamp: String(Date.now()), nonce: 'a'.repeat(32) };
    const headers = {
      'X-App-Key': input.appKey,
      'X-App-Timestamp': input.timestamp,
      'X-App-Nonce': input.nonce,
      'X-App-Signature': signSync(app.appSecret, input, '{"n":1}'),
    };
    expect((await call({ headers })).status).toBe(200);
    expect((await call()).status).toBe(401);
    expect((await call({ method: 'GET', body: null })).status).toBe(401);
    const { requests } = await received();
    expect(requests.map(({ method, signatureFault }) => [method, signatureFault])).toEqual([
      ['GET', 'header_missing'],
      ['POST', 'header_missing'],
      ['POST', null],
    ]);
    expect(requests.every(({ isFromOutside }) => isFromOutside)).toBe(true);
  });

  it('needs the token, and a body of at most 64 KiB', async () => {
    expect((await fetch(url.replace(/[^/]+$/, 'f'.repeat(48)))).status).toBe(404);
    expect((await fetch(url.replace(/[^/]+$/, ''))).status).toBe(404);
    expect((await call({ body: 'x'.repeat(65_537) })).status).toBe(413);
    expect((await received()).requests).toEqual([]);
  });

  it('is cut off when the receiver is set to refuse', async () => {
    await setMode('refuse');
    await expect(call()).rejects.toThrow();
  });

  it('is answered 429 when there are too many a second', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => call()));
    expect(answers.map(({ status }) => status)).toContain(429);
  });
});
