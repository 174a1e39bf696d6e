import type { AuditEntry } from '@im/contracts/api/audit';
import type { DeliveryDetail } from '@im/contracts/api/deliveries';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { eventually, fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { addMember } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

/** Is put wherever message content can be; no answer to support may contain it. */
const SECRET = 'meet-me-at-noon';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let support: ApiClient;

beforeAll(async () => {
  service = await startTestService();
  support = await addMember(service, 'support');
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

function secretMessage() {
  return messageSent({
    messageId: 'm-1',
    senderNickname: SECRET,
    senderPlatform: `${SECRET} !`,
    content: { text: SECRET, [SECRET]: [SECRET] },
    text: SECRET,
    extra: { deep: [{ [SECRET]: SECRET }] },
    notInTheCatalogue: { [SECRET]: SECRET },
  });
}

/** Delivers a message full of secrets to a receiver that repeats them, and fails. */
async function deliverSecrets(webhook: Record<string, unknown> = {}): Promise<DeliveryDetail> {
  receiver.answerBy((response, { text }) => {
    const location = `https://user:${SECRET}@login.example.com/${SECRET}?q=${SECRET}`;
    response.writeHead(302, { location, 'x-echo': SECRET, 'set-cookie': `a=${SECRET}` }).end(text);
  });
  await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(1), ...webhook });
  return app.deliver(secretMessage());
}

const entriesOf = (action: string) =>
  service.admin.data<AuditEntry[]>('GET', `/audit-log?action=${action}&appKey=${app.appKey}`);

describe('a delivery shown to support', () => {
  it.each([
    ['im', {}],
    ['standard-webhooks', { format: 'standard-webhooks' }],
    ['cloudevents', { format: 'cloudevents' }],
    ['raw', { format: 'raw' }],
    ['a batch', { batch: { maxEvents: 10, maxWaitMs: 10 } }],
  ])('as %s contains no message content, and all that helps to explain it', async (_name, webhook) => {
    const { deliveryId, eventId } = await deliverSecrets(webhook);
    const answer = await support.call('GET', `${app.base}/deliveries/${deliveryId}`);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toContain(SECRET);
    expect(answer.body).toMatchObject({
      data: {
        deliveryId,
        eventId,
        event: 'message.sent',
        status: 'failed',
        isContentMasked: true,
        isPayloadKept: true,
        payload: {
          messageId: 'm-1',
          senderId: 'u1',
          contentType: 'text',
          content: '***',
          senderPlatform: '***',
        },
        attemptLog: [
          {
            responseStatus: 302,
            errorClass: 'redirect',
            responseBody: '***',
            responseHeaders: { location: 'https://login.example.com/***', 'x-echo': '***' },
          },
        ],
      },
    });
    const { requestBody } = (answer.body as { data: DeliveryDetail }).data;
    expect(requestBody).toContain('"messageId":"m-1"');
    for (const path of ['/deliveries', `/deliveries?q=${deliveryId}`, '/deliveries?messageId=m-1']) {
      expect((await support.call('GET', app.base + path)).text).not.toContain(SECRET);
    }
  });

  it('while it waits, and redelivered or canceled by support, is masked as well', async () => {
    receiver.answerWith(500, {}, SECRET);
    await app.addWebhook(receiver.url, { retryPolicy: fixedRetry(2, 60_000) });
    const { eventId } = await app.post(secretMessage());
    const waiting = await eventually(async () => {
      const [delivery] = await app.deliveries(`?eventId=${eventId}`);
      return delivery?.attempts === 1 && delivery;
    });
    const path = `${app.base}/deliveries/${waiting.deliveryId}`;
    for (const [method, action] of [
      ['GET', ''],
      ['POST', '/cancel'],
      ['POST', '/redeliver'],
    ] as const) {
      const answer = await support.call(method, path + action);
      expect(answer.status).toBeLessThan(300);
      expect(answer.text).not.toContain(SECRET);
    }
  });

  it('is shown whole after a reveal, which says who asked and why', async () => {
    const { deliveryId, eventId } = await deliverSecrets();
    const reveal = await support.call('POST', `${app.base}/deliveries/${deliveryId}/reveal`, {
      body: { reason: 'ticket 4711' },
    });
    expect(reveal.status).toBe(200);
    // The target of a redirect is no message content, but may contain credentials.
    const whole = await app.delivery(deliveryId);
    for (const { responseHeaders } of whole.attemptLog) {
      if (responseHeaders?.location) responseHeaders.location = maskCallbackUrl(responseHeaders.location);
    }
    expect((reveal.body as { data: DeliveryDetail }).data).toEqual(whole);
    expect(reveal.text).toContain(SECRET);
    expect(await entriesOf('delivery.revealed')).toMatchObject([
      {
        actor: expect.stringMatching(/^support-/) as string,
        targetId: deliveryId,
        detail: { eventId, reason: 'ticket 4711' },
      },
    ]);
    const again = await support.call('GET', `${app.base}/deliveries/${deliveryId}`);
    expect(again.text).not.toContain(SECRET);
  });

  it('has the names of custom headers and never their values, revealed or not', async () => {
    const { deliveryId } = await deliverSecrets({ headers: { 'X-Tenant': 'north-by-northwest' } });
    const path = `${app.base}/deliveries/${deliveryId}`;
    for (const answer of [await support.call('GET', path), await support.call('POST', `${path}/reveal`)]) {
      expect(answer.status).toBe(200);
      expect(answer.text).not.toContain('north');
      const [attempt] = (answer.body as { data: DeliveryDetail }).data.attemptLog;
      expect(attempt?.requestHeaders).toMatchObject({
        'X-Tenant': '***',
        'Content-Type': expect.stringContaining('application/json') as string,
        'User-Agent': expect.stringMatching(/^IM-Callback/) as string,
        'X-App-Signature': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        'X-App-Delivery-Id': deliveryId,
      });
    }
    const whole = await app.delivery(deliveryId);
    expect(whole.attemptLog[0]?.requestHeaders['X-Tenant']).toBe('north-by-northwest');
  });

  it.each([
    ['an unknown field', { why: 'so' }, '/why'],
    ['a blank reason', { reason: ' ' }, '/reason'],
    ['a reason that is a number', { reason: 5 }, '/reason'],
  ])('is not revealed with %s, and nothing is recorded', async (_name, body, pointer) => {
    const { deliveryId } = await deliverSecrets();
    const answer = await support.call('POST', `${app.base}/deliveries/${deliveryId}/reveal`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
    expect(await entriesOf('delivery.revealed')).toEqual([]);
  });

  it('is not there to be revealed when it is another app’s', async () => {
    const { deliveryId } = await deliverSecrets();
    const other = await service.addApp();
    for (const id of [deliveryId, 'no-id', '01940000-0000-7000-8000-000000000000']) {
      const answer = await other.call('POST', `/deliveries/${id}/reveal`, { body: { reason: 'so' } });
      expect(answer.status).toBe(404);
    }
  });
});

describe('a delivery shown to those who may read messages', () => {
  it('is whole: to admins, developers and programs', async () => {
    const { deliveryId } = await deliverSecrets();
    const { token } = await addApiToken(service.admin, ['deliveries:read']);
    for (const client of [
      service.admin,
      await addMember(service, 'developer'),
      service.anonymous.withToken(token),
    ]) {
      expect(await client.data('GET', `${app.base}/deliveries/${deliveryId}`)).toMatchObject({
        isContentMasked: false,
        payload: secretMessage().data,
        attemptLog: [{ responseBody: expect.stringContaining(SECRET) as string }],
      });
    }
  });
});
