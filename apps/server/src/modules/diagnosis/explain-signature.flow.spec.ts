import type { ExplainedSignature, SignatureExplanation } from '@im/contracts/api/signature-explanation';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver, type ReceivedCallback } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
});

beforeEach(async () => {
  app = await service.addApp();
});

afterAll(async () => {
  await receiver.stop();
  await service.stop();
});

/** What the receiver of the app's webhook really got. */
async function received(): Promise<ReceivedCallback> {
  const { eventId } = await app.post();
  await app.settled(eventId);
  const callback = receiver.callbacks.at(-1);
  if (!callback) throw new Error('Nothing arrived');
  return callback;
}

async function explain(
  { headers, text }: Pick<ReceivedCallback, 'headers' | 'text'>,
  more: Record<string, unknown> = {},
): Promise<SignatureExplanation> {
  const body = { headers, body: text, ...more };
  const { schemes } = await app.client.data<ExplainedSignature>('POST', `${app.base}/signature/explain`, {
    body,
  });
  const [first] = schemes;
  if (!first) throw new Error('Nothing was explained');
  return first;
}

it('a callback as received is valid, and the webhook’s own secret is named as its key', async () => {
  const webhook = await app.addWebhook(receiver.url, { secret: 'webhook-own-secret' });
  const callback = await received();
  expect(await explain(callback)).toMatchObject({
    verdict: 'valid',
    fittingKey: { owner: 'webhook', webhookId: webhook.webhookId, name: receiver.url },
    expectedSignature: null,
  });
  const withOther = await explain(callback, { secret: app.appSecret });
  expect(withOther).toMatchObject({ verdict: 'invalid', findings: [{ code: 'key_other' }] });
});

it('a callback signed with the AppSecret fits the secret given, bytes in base64 too', async () => {
  await app.addWebhook(receiver.url);
  const callback = await received();
  const asBase64 = { ...callback, text: Buffer.from(callback.text).toString('base64') };
  const explained = await explain(asBase64, { bodyEncoding: 'base64', secret: app.appSecret });
  expect(explained).toMatchObject({
    verdict: 'valid',
    fittingKey: { owner: 'given' },
    expectedSignature: callback.headers['x-app-signature'],
  });
});

it('a body that a framework serialized again is distinguished from one that was altered', async () => {
  await app.addWebhook(receiver.url);
  const callback = await received();
  const pretty = { ...callback, text: JSON.stringify(JSON.parse(callback.text), null, 2) };
  expect(await explain(pretty)).toMatchObject({ findings: [{ code: 'body_reserialised', part: 'body' }] });
  const altered = { ...callback, text: callback.text.replace('hello', 'howdy') };
  expect(await explain(altered)).toMatchObject({ verdict: 'invalid', findings: [{ code: 'nothing_fits' }] });
});

it('during a rotation the next secret is known by its name', async () => {
  const { webhookId } = await app.addWebhook(receiver.url);
  await app.call('POST', `/webhooks/${webhookId}/secret/stage`);
  const callback = await received();
  const headers = {
    ...callback.headers,
    'x-app-signature': String(callback.headers['x-app-signature-next']),
  };
  expect(await explain({ headers, text: callback.text })).toMatchObject({
    verdict: 'valid',
    fittingKey: { owner: 'webhook', role: 'next' },
  });
});

it.each([
  ['no headers', { body: '' }, '/headers'],
  ['headers that are no texts', { headers: { a: 1 }, body: '' }, '/headers/a'],
  ['an unknown field', { headers: {}, body: '', foo: 1 }, '/foo'],
  ['an empty secret', { headers: {}, body: '', secret: '' }, '/secret'],
  [
    'too many headers',
    { headers: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`h${n}`, ''])), body: '' },
    '/headers',
  ],
])('%s is refused', async (_what, body, pointer) => {
  const answer = await app.call('POST', '/signature/explain', { body });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ errors: [{ pointer }] });
});

it('a body above the limit is refused', async () => {
  const answer = await app.call('POST', '/signature/explain', {
    body: { headers: {}, body: 'x'.repeat(1_048_576) },
  });
  expect(answer.status).toBe(413);
});
