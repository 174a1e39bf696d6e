import { RETRY_PRESETS } from '@im/contracts/api/retry-presets';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type AppUnderTest } from '../../testing/app-under-test.js';
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

/** Whether the next delivery is signed with the key. */
async function signsWith(key: string): Promise<boolean> {
  receiver.key = key;
  await app.deliver();
  return receiver.callbacks.at(-1)?.isSignatureValid ?? false;
}

describe('a webhook’s secret', () => {
  it('stays when a change leaves it out or empty, and goes with null', async () => {
    const { webhookId, hasSecret } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    expect(hasSecret).toBe(true);
    for (const change of [{ name: 'renamed' }, { name: 'again', secret: '' }]) {
      const changed = await app.changeWebhook(webhookId, change);
      expect(changed).toMatchObject({ name: change.name, hasSecret: true });
      expect(changed).not.toHaveProperty('secret');
      expect(await signsWith('own secret')).toBe(true);
    }
    expect(await app.changeWebhook(webhookId, { secret: null })).toMatchObject({ hasSecret: false });
    expect(await signsWith(app.appSecret)).toBe(true);
  });

  it('is replaced by another', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret: 'old' });
    await app.changeWebhook(webhookId, { secret: 'new' });
    expect(await signsWith('new')).toBe(true);
  });

  it('is never shown, only revealed', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret: 'own secret' });
    await app.deliver();
    for (const path of ['/webhooks', `/webhooks/${webhookId}`, '/deliveries']) {
      expect((await app.call('GET', path)).text).not.toContain('own secret');
    }
    expect((await app.call('POST', `/webhooks/${webhookId}/secret/reveal`)).body).toEqual({
      data: { secret: 'own secret', standardWebhooksSecret: null },
    });
  });

  it.each([
    ['any text', '密钥', 'whsec_5a+G6ZKl'],
    ['one in the form of the scheme', 'whsec_YWJj', 'whsec_YWJj'],
  ])('is revealed as Standard Webhooks verifiers take it: %s', async (_, secret, standardWebhooksSecret) => {
    const { webhookId } = await app.addWebhook(receiver.url, { secret, signature: 'standard-webhooks' });
    const { body } = await app.call('POST', `/webhooks/${webhookId}/secret/reveal`);
    expect(body).toEqual({ data: { secret, standardWebhooksSecret } });
  });
});

describe('delivery settings', () => {
  const settings = {
    ordering: 'conversation',
    batch: { maxEvents: 100, maxWaitMs: 60_000 },
    format: 'cloudevents',
    signature: 'standard-webhooks',
    rateLimitPerSecond: 10_000,
  } as const;

  it('are the defaults unless others are chosen', async () => {
    expect(await app.addWebhook(receiver.url)).toMatchObject({
      ordering: 'none',
      batch: null,
      format: 'im',
      signature: 'x-app',
      rateLimitPerSecond: 0,
    });
  });

  it('are stored, changed one by one, and reset', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, settings);
    expect(await app.webhook(webhookId)).toMatchObject(settings);
    await app.changeWebhook(webhookId, { rateLimitPerSecond: 5, enabled: true });
    expect(await app.webhook(webhookId)).toMatchObject({ ...settings, rateLimitPerSecond: 5 });
    await app.changeWebhook(webhookId, { batch: null, format: 'raw', ordering: 'none', signature: 'x-app' });
    expect(await app.webhook(webhookId)).toMatchObject({ batch: null, format: 'raw', ordering: 'none' });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['raw over a stored batch', { batch: settings.batch }, { format: 'raw' }, '/format'],
    ['a batch under a stored raw', { format: 'raw' }, { batch: settings.batch }, '/batch'],
    ['both at once', {}, { format: 'raw', batch: settings.batch }, '/batch'],
    [
      'a broken secret of a stored scheme',
      { signature: 'standard-webhooks' },
      { secret: 'whsec_*' },
      '/secret',
    ],
  ])('that cannot be together are refused: %s', async (_, stored, body, pointer) => {
    const { webhookId } = await app.addWebhook(receiver.url, stored);
    const answer = await app.call('PATCH', `/webhooks/${webhookId}`, { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code: 'invalid_value' }] });
    expect(await app.webhook(webhookId)).toMatchObject(stored);
  });

  it('never end up together when two people change one each at the same moment', async () => {
    const { webhookId } = await app.addWebhook(receiver.url);
    const changes = [{ format: 'raw' }, { batch: settings.batch }];
    const answers = await Promise.all(
      changes.map((body) => app.call('PATCH', `/webhooks/${webhookId}`, { body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, expect.toBeOneOf([409, 422])]);
    const { format, batch } = await app.webhook(webhookId);
    expect([format === 'raw', batch !== null].filter(Boolean)).toHaveLength(1);
  });
});

describe('a webhook gets', () => {
  it.each([
    ['every event', [], ['message.sent', 'message.revoked', 'friend.deleted']],
    ['the events it names', ['friend.deleted', 'user.online'], ['friend.deleted']],
    ['the events of a family', ['message.*'], ['message.sent', 'message.revoked']],
    ['nothing', ['group.*', 'message.read'], []],
  ])('%s when it asks for %j', async (_name, events, expected) => {
    const { webhookId } = await app.addWebhook(receiver.url, { events });
    const posted = [messageSent(), { ...messageSent(), event: 'message.revoked' }, friendDeleted()];
    const answers = [];
    for (const event of posted) answers.push(await app.post(event));
    expect(answers.reduce((sum, { deliveries }) => sum + deliveries, 0)).toBe(expected.length);
    await Promise.all(answers.map(({ eventId }) => app.settled(eventId)));
    expect(receiver.callbacks.map(({ envelope }) => envelope.event).sort()).toEqual([...expected].sort());
    await app.changeWebhook(webhookId, { events: [] });
    expect(await app.post(friendDeleted())).toMatchObject({ deliveries: 1 });
  });

  it('nothing while disabled: the event is kept as skipped and can be delivered later', async () => {
    const { webhookId } = await app.addWebhook(receiver.url, { enabled: false });
    const { eventId, deliveries } = await app.post();
    expect(deliveries).toBe(0);
    const skipped = await app.outcome(eventId);
    expect(skipped).toMatchObject({ status: 'skipped', attempts: 0, nextAttemptAt: null });
    await app.changeWebhook(webhookId, { enabled: true });
    await app.call('POST', `/deliveries/${skipped.deliveryId}/redeliver`);
    await eventually(() => receiver.callbacks.length === 1);
    expect(receiver.callbacks[0]?.envelope.callbackId).toBe(skipped.callbackId);
  });

  it('what was waiting when it was disabled stays pending, unsent', async () => {
    receiver.answerWith(500);
    const retryPolicy = { strategy: 'fixed', initialDelayMs: 1_500, maxAttempts: 2 } as const;
    const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy });
    const { eventId } = await app.post();
    await eventually(async () => (await app.deliveries(`?eventId=${eventId}`))[0]?.attempts === 1);
    await app.changeWebhook(webhookId, { enabled: false });
    const shown = await eventually(async () => {
      const [delivery] = await app.deliveries(`?eventId=${eventId}`);
      return Date.parse(delivery?.nextAttemptAt ?? '') + 1_000 < Date.now() && delivery;
    });
    expect(shown).toMatchObject({ status: 'pending', phase: 'held', heldBy: 'person', attempts: 1 });
    expect(receiver.callbacks).toHaveLength(1);
    expect((await app.webhook(webhookId)).stats).toMatchObject({ pending: 1, failed: 0 });
  });
});

it('a deleted webhook takes what was waiting with it, and its log stays', async () => {
  receiver.answerWith(500);
  const retryPolicy = { strategy: 'fixed', initialDelayMs: 3_600_000, maxAttempts: 2 } as const;
  const { webhookId } = await app.addWebhook(receiver.url, { retryPolicy });
  const { eventId } = await app.post();
  await eventually(async () => (await app.deliveries(`?eventId=${eventId}`))[0]?.attempts === 1);
  expect((await app.call('DELETE', `/webhooks/${webhookId}`)).status).toBe(204);
  const canceled = await app.outcome(eventId);
  expect(canceled).toMatchObject({ status: 'canceled', attempts: 1 });
  expect(canceled.attemptLog).toHaveLength(1);
  expect((await app.call('GET', `/webhooks/${webhookId}`)).status).toBe(404);
  expect((await app.call('POST', `/deliveries/${canceled.deliveryId}/redeliver`)).status).toBe(409);
  expect(await app.post()).toMatchObject({ deliveries: 0 });
});

describe('an address that is refused:', () => {
  it.each([
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:10.0.0.1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1:8080/',
    'http://0x0a000001/',
    'http://167772161/',
    'http://[::1]/',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
  ])('%s', async (url) => {
    await expectRefused({ url }, { pointer: '/url', code: 'blocked_address' });
  });

  it.each([
    'ftp://example.com/',
    'http://user:pw@example.com/',
    'example.com',
    'http://',
    'javascript:alert(1)',
  ])('%s', async (url) => {
    await expectRefused({ url }, { pointer: '/url', code: 'invalid_format' });
  });

  it('also when a webhook is changed, which then keeps its own', async () => {
    const { webhookId, url } = await app.addWebhook(receiver.url);
    const body = { name: 'changed', url: 'http://10.0.0.1/' };
    expect((await app.call('PATCH', `/webhooks/${webhookId}`, { body })).status).toBe(422);
    expect(await app.webhook(webhookId)).toMatchObject({ url, name: new URL(url).host });
  });
});

it('a retry policy can be chosen by the name of a preset', async () => {
  const { retryPolicy } = await app.addWebhook(receiver.url, { retryPolicy: { preset: 'patient' } });
  expect(retryPolicy).toEqual(RETRY_PRESETS.patient);
});

describe('settings that are refused:', () => {
  const batch = { maxEvents: 2, maxWaitMs: 100 };

  it.each<[string, Record<string, unknown>, pointer: string, code: string, words: string]>([
    ['no address', { url: undefined }, '/url', 'required', 'is required'],
    ['an unknown field', { colour: 'red' }, '/colour', 'unknown_field', 'is not a field'],
    ['a timeout in seconds', { timeoutMs: 30 }, '/timeoutMs', 'too_small', 'at least 1000 milliseconds'],
    ['a timeout of half a millisecond', { timeoutMs: 1500.5 }, '/timeoutMs', 'invalid_type', 'an integer'],
    ['a timeout as text', { timeoutMs: '5000' }, '/timeoutMs', 'invalid_type', 'must be a number'],
    [
      'a header of ours',
      { headers: { 'x-app-key': 'a' } },
      '/headers/x-app-key',
      'invalid_value',
      'set by the service',
    ],
    [
      'a header that is none',
      { headers: { 'a b': '1' } },
      '/headers/a b',
      'invalid_value',
      'letters, digits and hyphens',
    ],
    [
      'a header that is no text',
      { headers: { 'X-A': 1 } },
      '/headers/X-A',
      'invalid_type',
      'must be a string',
    ],
    ['headers as a list', { headers: [] }, '/headers', 'invalid_type', 'must be an object'],
    ['21 headers', { headers: manyHeaders(21) }, '/headers', 'too_big', 'at most 20'],
    [
      'every event as a star',
      { events: ['*'] },
      '/events/0',
      'invalid_format',
      'an empty list means every event',
    ],
    [
      'an event with a blank',
      { events: ['message sent'] },
      '/events/0',
      'invalid_format',
      'such as message.sent',
    ],
    ['events as text', { events: 'message.sent' }, '/events', 'invalid_type', 'must be a list'],
    [
      '0 attempts',
      { retryPolicy: { maxAttempts: 0 } },
      '/retryPolicy/maxAttempts',
      'too_small',
      'at least 1',
    ],
    [
      'an unknown preset',
      { retryPolicy: { preset: 'eager' } },
      '/retryPolicy/preset',
      'invalid_value',
      'quick, standard, patient',
    ],
    [
      'a preset and numbers',
      { retryPolicy: { preset: 'quick', maxAttempts: 5 } },
      '/retryPolicy/maxAttempts',
      'invalid_value',
      'decided by the preset',
    ],
    [
      'a delay in seconds',
      { retryPolicy: { strategy: 'fixed', initialDelayMs: 5 } },
      '/retryPolicy/initialDelayMs',
      'too_small',
      '50 milliseconds',
    ],
    [
      'an empty schedule',
      { retryPolicy: { scheduleMs: [] } },
      '/retryPolicy/scheduleMs',
      'too_small',
      'at least 1 item',
    ],
    [
      'a schedule of another strategy',
      { retryPolicy: { strategy: 'linear', scheduleMs: [100] } },
      '/retryPolicy/scheduleMs',
      'invalid_value',
      '"schedule" only',
    ],
    [
      'a status of success',
      { retryPolicy: { retryOnStatus: [200] } },
      '/retryPolicy/retryOnStatus/0',
      'too_small',
      'at least 300',
    ],
    ['a secret with a line break', { secret: 'a\nb' }, '/secret', 'invisible_character', 'line feed'],
    ['a rate of 10,001', { rateLimitPerSecond: 10_001 }, '/rateLimitPerSecond', 'too_big', 'at most 10000'],
    [
      'an unknown format',
      { format: 'xml' },
      '/format',
      'invalid_value',
      'im, standard-webhooks, cloudevents, raw',
    ],
    ['an unknown order', { ordering: 'strict' }, '/ordering', 'invalid_value', 'none, conversation'],
    [
      'a batch of one event',
      { batch: { ...batch, maxEvents: 1 } },
      '/batch/maxEvents',
      'too_small',
      'at least 2',
    ],
    [
      'a batch that waits too long',
      { batch: { ...batch, maxWaitMs: 60_001 } },
      '/batch/maxWaitMs',
      'too_big',
      '60000 milliseconds',
    ],
    ['a batch as a switch', { batch: true }, '/batch', 'invalid_type', 'must be an object'],
    [
      'a batch of raw bodies',
      { format: 'raw', batch },
      '/batch',
      'invalid_value',
      'must be null with the format "raw"',
    ],
  ])('%s', async (_name, settings, pointer, code, words) => {
    const message = expect.stringContaining(words) as string;
    await expectRefused({ url: receiver.url, ...settings }, { pointer, code, message });
  });
});

function manyHeaders(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-H${index}`, '1']));
}

async function expectRefused(
  body: unknown,
  error: { pointer: string; code: string; message?: string },
): Promise<void> {
  const answer = await app.call('POST', '/webhooks', { body });
  expect(answer.status).toBe(422);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [error] });
  const stored = await service.database.query(
    'SELECT 1 FROM webhook_configs JOIN apps USING (app_id) WHERE app_key = $1',
    [app.appKey],
  );
  expect(stored).toEqual([]);
}
