import { createHmac } from 'node:crypto';
import type { CallbackFormat } from '@im/contracts/api/delivery-settings';
import type { StagedWebhookSecret } from '@im/contracts/api/webhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const PAYLOAD = JSON.stringify(messageSent().data).replace('{', '{ "huge": 9007199254740993123, ');
const EVENT = `{"event":"message.sent","timestamp":"2026-11-21T08:00:00.123Z","data":${PAYLOAD}}`;

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

const CONTENT_TYPES: Record<CallbackFormat, string> = {
  im: 'application/json; charset=utf-8',
  'standard-webhooks': 'application/json; charset=utf-8',
  cloudevents: 'application/cloudevents+json; charset=utf-8',
  raw: 'application/json',
  flat: 'application/json; charset=utf-8',
};

describe('an event arrives', () => {
  it.each(Object.entries(CONTENT_TYPES))('in the format %s, rightly signed', async (format, contentType) => {
    await app.addWebhook(receiver.url, { format: format as CallbackFormat });
    const { callbackId, requestBody } = await app.deliver(EVENT);
    const [callback] = receiver.callbacks;
    expect(callback).toMatchObject({ isSignatureValid: true, text: requestBody });
    expect(callback?.text).toContain(PAYLOAD);
    expect(callback?.headers).toMatchObject({ 'content-type': contentType, 'x-app-callback-id': callbackId });
  });

  it('as cloud event with the attributes of the event', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { format: 'cloudevents' });
    const { callbackId, deliveryId } = await app.deliver(EVENT);
    expect(receiver.callbacks[0]?.envelope).toMatchObject({
      specversion: '1.0',
      id: callbackId,
      type: 'message.sent',
      time: '2026-11-21T08:00:00.123Z',
      subject: messageSent().data.conversationId,
      deliveryid: deliveryId,
      webhookid: webhookId,
    });
  });

  it('in the log as it was sent, although the format was changed since', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { format: 'standard-webhooks' });
    const { deliveryId } = await app.deliver(EVENT);
    await app.changeWebhook(webhookId, { format: 'raw' });
    expect((await app.delivery(deliveryId)).requestBody).toBe(receiver.callbacks[0]?.text);
  });

  it('in a batch of its own when it is alone', async () => {
    await app.addWebhook(receiver.url, { batch: { maxEvents: 10, maxWaitMs: 10 } });
    const { callbackId } = await app.deliver(EVENT);
    expect(receiver.callbacks[0]?.headers).toMatchObject({ 'x-app-batch': '1' });
    expect(receiver.callbacks[0]?.envelope).toMatchObject({ appKey: app.appKey, events: [{ callbackId }] });
  });
});

describe('a receiver that verifies the body alone', () => {
  const settings = {
    format: 'flat',
    signature: 'body-hmac',
    signaturePrefix: 'X-Acme',
    secret: 'body secret',
  } as const;
  const signed = (key: string, text = '') => `sha256=${createHmac('sha256', key).update(text).digest('hex')}`;

  it('finds everything under the names of its prefix, and the flat body', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, settings);
    const { deliveryId } = await app.deliver(EVENT);
    const { headers, text } = onlyCallback();
    expect(headers).toMatchObject({
      'user-agent': 'Acme-Webhooks/1.0',
      'x-acme-signature-256': signed('body secret', text),
      'x-acme-event': 'message.sent',
      'x-acme-delivery': deliveryId,
      'x-acme-webhook-id': webhookId,
      'x-acme-timestamp': headers['x-app-timestamp'],
    });
    const envelope = { event: 'message.sent', timestamp: '2026-11-21T08:00:00.123Z' };
    const ids = { webhook_id: webhookId, delivery_id: deliveryId };
    expect(text).toBe(`${JSON.stringify({ ...envelope, ...ids }).slice(0, -1)},"data":${PAYLOAD}}`);
    const { attemptLog, requestBody } = await app.delivery(deliveryId);
    expect(requestBody).toBe(text);
    expect(attemptLog[0]?.requestHeaders['X-Acme-Signature-256']).toBe(signed('body secret', text));
  });

  it('finds the signatures of every live key while the secret is rotated', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, settings);
    const secret = `${app.base}/webhooks/${webhookId}/secret`;
    await service.admin.data('POST', `${secret}/stage`, { body: { secret: 'next secret' } });
    await app.deliver(EVENT);
    await service.admin.data('POST', `${secret}/activate`);
    await app.deliver(EVENT);
    const [staged, activated] = receiver.callbacks;
    expect(staged?.headers).toMatchObject({
      'x-acme-signature-256': signed('body secret', staged?.text),
      'x-acme-signature-256-next': signed('next secret', staged?.text),
    });
    expect(activated?.headers).toMatchObject({
      'x-acme-signature-256': signed('next secret', activated?.text),
      'x-acme-signature-256-previous': signed('body secret', activated?.text),
    });
  });

  it('may not have its headers replaced by custom ones', async () => {
    const refused = await app.call('POST', '/webhooks', {
      body: { ...settings, url: receiver.url, headers: { 'x-ACME-event': 'other' } },
    });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/headers' }] } });
    const { webhookId } = await app.addWebhook(receiver.url, { headers: { 'X-Acme-Event': 'other' } });
    const change = { signature: 'body-hmac', signaturePrefix: 'X-Acme' };
    const changed = await app.call('PATCH', `/webhooks/${webhookId}`, { body: change });
    expect(changed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/signaturePrefix' }] } });
  });

  function onlyCallback(): ReceivedCallback {
    const [callback, ...more] = receiver.callbacks;
    if (!callback || more.length > 0) throw new Error('Exactly one callback was expected');
    return callback;
  }
});

describe('a receiver that verifies by Standard Webhooks', () => {
  it('accepts with the secret revealed to it, and with each that counts during a rotation', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, {
      secret: '自己的密钥',
      signature: 'standard-webhooks',
      format: 'standard-webhooks',
    });
    const path = `${app.base}/webhooks/${webhookId}/secret`;
    const { standardWebhooksSecret: current } = await app.client.data<{ standardWebhooksSecret: string }>(
      'POST',
      `${path}/reveal`,
    );
    expect(await acceptedWith(current)).toBe(true);
    const { nextSecret: next } = await app.client.data<StagedWebhookSecret>('POST', `${path}/stage`);
    expect([await acceptedWith(current), await acceptedWith(next)]).toEqual([true, true]);
    await app.client.data('POST', `${path}/activate`, { body: { overlapSeconds: 3_600 } });
    expect([await acceptedWith(current), await acceptedWith(next)]).toEqual([true, true]);
    await app.client.data('POST', `${path}/stage`);
    await app.client.data('POST', `${path}/activate`, { body: { overlapSeconds: 0 } });
    expect([await acceptedWith(current), await acceptedWith(next)]).toEqual([false, false]);
  });

  it('accepts with the AppSecret revealed to it where that signs, and with each that counts during a rotation', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { signature: 'standard-webhooks' });
    const shownBy = async (path: string) => {
      const { standardWebhooksSecret } = await app.client.data<{ standardWebhooksSecret: string }>(
        'POST',
        `${app.base}${path}`,
      );
      return standardWebhooksSecret;
    };
    const current = await shownBy('/secret/reveal');
    expect(current).toMatch(/^whsec_/);
    expect(await shownBy(`/webhooks/${webhookId}/secret/reveal`)).toBe(current);
    expect(await acceptedWith(current)).toBe(true);
    const next = await shownBy('/secret/stage');
    expect([await acceptedWith(current), await acceptedWith(next)]).toEqual([true, true]);
    await app.client.data('POST', `${app.base}/secret/activate`, { body: { overlapSeconds: 0 } });
    expect([await acceptedWith(current), await acceptedWith(next)]).toEqual([false, true]);
  });

  it('is given the same webhook-id in each attempt', async () => {
    receiver.answerBy((response, _callback, count) => response.writeHead(count === 1 ? 500 : 200).end());
    await app.addWebhook(receiver.url, { signature: 'standard-webhooks' });
    const { callbackId } = await app.deliver(EVENT);
    expect(receiver.callbacks.map(({ headers }) => headers['webhook-id'])).toEqual([callbackId, callbackId]);
  });
});

async function acceptedWith(shownSecret: string): Promise<boolean> {
  await app.deliver(EVENT);
  const callback = receiver.callbacks.at(-1);
  return callback !== undefined && accepts(shownSecret, callback);
}

/** Written as the scheme's own libraries do it: strip the prefix, decode, compare each signature of the list. */
function accepts(shownSecret: string, { headers, text }: ReceivedCallback): boolean {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
    (name) => headers[`webhook-${name}`],
  );
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  const key = Buffer.from(shownSecret.replace(/^whsec_/, ''), 'base64');
  const mac = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${text}`)
    .digest('base64');
  return String(signatures).split(' ').includes(`v1,${mac}`);
}
