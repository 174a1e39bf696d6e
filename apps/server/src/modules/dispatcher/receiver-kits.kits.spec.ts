import { randomBytes } from 'node:crypto';
import type { BeforeDecision } from '@im/contracts/api/before';
import type { CallbackFormat, SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { AppStatistics } from '@im/contracts/api/statistics';
import type { CreateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { signBodySync, signStandardWebhookSync, signSync } from '@im/contracts/signature-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type AppUnderTest } from '../../testing/app-under-test.js';
import { kitPrograms, startKitReceiver, type KitReceiver } from '../../testing/kit-receivers.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const EVENTS = 301;
const BIG = '9007199254740993';
const OLD = '旧密钥-old';
const NEW = '新密钥-new';
const SCHEMES: readonly SignatureScheme[] = ['x-app', 'standard-webhooks', 'body-hmac'];
const FORMATS: readonly CallbackFormat[] = ['im', 'standard-webhooks', 'cloudevents', 'flat', 'raw'];
const BATCH = { maxEvents: 50, maxWaitMs: 500 };

const programs = kitPrograms();
const receivers = new Map<string, KitReceiver>();
let service: TestService;

beforeAll(async () => {
  service = await startTestService();
  for (const program of programs) {
    receivers.set(program.name, await startKitReceiver(program, [OLD, NEW]));
  }
}, 600_000);

afterAll(async () => {
  for (const receiver of receivers.values()) await receiver.stop();
  await service.stop();
});

const names = programs.map(({ name }) => name);

function receiverOf(name: string): KitReceiver {
  const receiver = receivers.get(name);
  if (!receiver) throw new Error(`There is no receiver ${name}`);
  return receiver;
}

/** Each format with another scheme when it comes in batches. */
const SETTINGS = FORMATS.flatMap((format, index) => {
  const scheme = (shift: number) => SCHEMES[(index + shift) % SCHEMES.length] ?? 'x-app';
  const alone = { format, signature: scheme(0), batch: null };
  return format === 'raw' ? [alone] : [alone, { format, signature: scheme(1), batch: BATCH }];
});

/** Busy receivers are no subject here. */
const PATIENTLY: Partial<CreateWebhookRequest> = { timeoutMs: 60_000 };

/** The events of the catalogue, one after the other, each with a number that a double cannot hold. */
function eventText(index: number): string {
  const definition = EVENT_CATALOGUE[index % EVENT_CATALOGUE.length];
  if (!definition) throw new Error('The catalogue is empty');
  const data = JSON.stringify({ ...definition.example, extra: { big: '?' } }).replace('"?"', BIG);
  return `{"event":"${definition.event}","data":${data}}`;
}

const statisticsOf = (app: AppUnderTest): Promise<AppStatistics> =>
  app.client.data('GET', `${app.base}/stats`);

/** Waits until everything has arrived, at the first attempt. */
async function expectAllAccepted(app: AppUnderTest, deliveries: number): Promise<void> {
  const { overall } = await eventually(async () => {
    const statistics = await statisticsOf(app);
    const { total, pending, failed } = statistics.overall;
    return (failed > 0 || (total >= deliveries && pending === 0)) && statistics;
  }, 240_000);
  expect(overall).toMatchObject({ total: deliveries, succeeded: deliveries, attemptSuccessRate: 1 });
}

describe('events in every format, alone and in batches, by every scheme', () => {
  let app: AppUnderTest;
  const before = new Map<string, number>();

  beforeAll(async () => {
    app = await service.addApp();
    for (const [name, receiver] of receivers) {
      before.set(name, receiver.handled.length);
      for (const settings of SETTINGS) {
        const url = receiver.urlOf('old', settings.signature);
        await app.addWebhook(url, { ...settings, ...PATIENTLY, secret: OLD });
      }
    }
    for (let index = 0; index < EVENTS; index += 1) await app.post(eventText(index));
    await expectAllAccepted(app, EVENTS * SETTINGS.length * receivers.size);
  }, 300_000);

  it.each(names)(
    `are verified and handled by %s, ${String(EVENTS)} of ${String(EVENTS)} in each`,
    async (name) => {
      const handledSince = () => receiverOf(name).handled.slice(before.get(name));
      const expected = EVENTS * SETTINGS.length;
      // It is answered before the last line has come through the pipe.
      await eventually(() => handledSince().length >= expected);
      const handled = handledSince();
      expect(handled).toHaveLength(expected);
      expect(new Set(handled.map(({ callbackId }) => callbackId)).size).toBe(handled.length);
      expect(new Set(handled.map(({ event }) => event)).size).toBe(EVENT_CATALOGUE.length);
      expect(new Set(handled.map(({ big }) => big))).toEqual(new Set([BIG]));
    },
  );
});

describe('a rotation under traffic', () => {
  it('is refused by no receiver with the old secret, with both, and with the new one once it is staged', async () => {
    const app = await service.addApp();
    const targets = [...receivers.values()].flatMap((receiver) =>
      SCHEMES.map((signature) => ({
        receiver,
        signature,
        settings: { ...PATIENTLY, signature, secret: OLD },
      })),
    );
    const add = (keys: 'old' | 'new' | 'both', more: Partial<CreateWebhookRequest> = {}) =>
      Promise.all(
        targets.map(({ receiver, signature, settings }) =>
          app.addWebhook(receiver.urlOf(keys, signature), { ...settings, ...more }),
        ),
      );
    const steadily = [...(await add('old')), ...(await add('both'))];
    const late = await add('new', { enabled: false });
    const webhooks = [...steadily, ...late];

    const posted = { all: 0, sinceStaged: 0, isStaged: false, isOver: false };
    const traffic = (async () => {
      while (!posted.isOver) {
        // Counted before: what is posted while the webhooks are enabled may reach some of them only.
        posted.all += 1;
        if (posted.isStaged) posted.sinceStaged += 1;
        await app.post(eventText(posted.all));
      }
    })();
    const during = (count: number) => {
      const until = posted.all + count;
      return eventually(() => posted.all >= until, 120_000);
    };
    await during(5);
    await Promise.all(webhooks.map(({ webhookId }) => rotate(app, webhookId, 'stage', { secret: NEW })));
    await during(2);
    await Promise.all(late.map(({ webhookId }) => app.changeWebhook(webhookId, { enabled: true })));
    posted.isStaged = true;
    await during(5);
    const overlap = { overlapSeconds: 3_600 };
    await Promise.all(webhooks.map(({ webhookId }) => rotate(app, webhookId, 'activate', overlap)));
    await during(5);
    posted.isOver = true;
    await traffic;

    const statistics = await eventually(async () => {
      const { overall } = await statisticsOf(app);
      return overall.pending === 0 && overall;
    }, 240_000);
    expect(statistics).toMatchObject({ failed: 0, attemptSuccessRate: 1 });
    expect(statistics.succeeded).toBeGreaterThanOrEqual(
      posted.all * steadily.length + posted.sinceStaged * late.length,
    );
  }, 600_000);
});

function rotate(app: AppUnderTest, webhookId: string, step: string, body: object): Promise<Webhook> {
  return app.client.data('POST', `${app.base}/webhooks/${webhookId}/secret/${step}`, { body });
}

describe.each(names)('the receiver in %s', (name) => {
  const post = async (scheme: SignatureScheme, { headers, body }: ForgedCallback) => {
    const url = receiverOf(name).urlOf('old', scheme);
    const response = await fetch(url, { method: 'POST', headers: { ...headers, Connection: 'close' }, body });
    const text = await response.text();
    return text === '' ? response.status : `${response.status} ${text.trim()}`;
  };

  it.each(SCHEMES)('refuses what is wrong, late or tampered with by %s', async (scheme) => {
    const tampered = forge(scheme, {});
    expect([
      await post(scheme, forge(scheme, { secret: 'another' })),
      await post(scheme, forge(scheme, { ageMs: 301_000 })),
      await post(scheme, forge(scheme, { ageMs: -360_000 })),
      await post(scheme, { ...tampered, body: tampered.body.replace('message.sent', 'message.read') }),
      await post(scheme, { ...tampered, headers: {} }),
    ]).toEqual(
      ['wrong_signature', 'outside_window', 'outside_window', 'wrong_signature', 'missing_header'].map(
        (code) => expect.stringMatching(new RegExp(`^401 .*"${code}"`)) as string,
      ),
    );
  });

  it.each<[SignatureScheme, second: unknown]>([
    ['x-app', expect.stringMatching(/^401 .*"replayed"/)],
    ['standard-webhooks', expect.stringMatching(/^401 .*"replayed"/)],
    // The body alone does not tell a replay from a retry: that is a duplicate, and no harm.
    ['body-hmac', 204],
  ])('handles a request only once that comes a second time, by %s', async (scheme, second) => {
    const callback = forge(scheme, {});
    const { callbackId } = JSON.parse(callback.body) as { callbackId: string };
    const answers = [await post(scheme, callback), await post(scheme, callback)];
    expect(answers).toEqual([204, second]);
    const times = () => receiverOf(name).handled.filter((event) => event.callbackId === callbackId).length;
    await eventually(() => times() > 0);
    expect(times()).toBe(1);
  });

  it.each([
    ['fine', { decision: 'allow' }],
    ['deny', { decision: 'deny', code: 5_001, reason: '不行' }],
    ['modify', { decision: 'modify', changes: { text: 'mild', extra: { big: Number(BIG) } } }],
  ])('decides before an event: %s', async (text, expected) => {
    const app = await service.addApp();
    await app.addWebhook(receiverOf(name).urlOf('old', 'x-app'), {
      before: { events: ['message.sent'], deadlineMs: 4_000, onFailure: 'allow' },
      secret: OLD,
    });
    const data = JSON.stringify({ ...messageSent({ text }).data, extra: { big: '?' } }).replace('"?"', BIG);
    const answer = await app.call('POST', '/before/message.sent', { body: `{"data":${data}}` });
    const { data: decision } = answer.body as { data: BeforeDecision };
    expect(decision).toMatchObject({ ...expected, decidedBy: 'receiver' });
    expect(answer.text.includes(BIG)).toBe(text === 'modify');
  });
});

interface ForgedCallback {
  headers: Record<string, string>;
  body: string;
}

/** A callback as the service would send it, or not quite. */
function forge(scheme: SignatureScheme, changes: { secret?: string; ageMs?: number }): ForgedCallback {
  const { secret = OLD, ageMs = 0 } = changes;
  const callbackId = `forged-${randomBytes(8).toString('hex')}`;
  const body = `{"callbackId":"${callbackId}","event":"message.sent","data":{"extra":{"big":${BIG}}}}`;
  const nowMs = Date.now() - ageMs;
  const input = { appKey: 'ak_1', timestamp: String(nowMs), nonce: randomBytes(16).toString('hex') };
  const message = { id: callbackId, timestamp: String(Math.floor(nowMs / 1000)) };
  const headers: Record<SignatureScheme, Record<string, string>> = {
    'x-app': {
      'X-App-Key': input.appKey,
      'X-App-Timestamp': input.timestamp,
      'X-App-Nonce': input.nonce,
      'X-App-Signature': signSync(secret, input, body),
    },
    'standard-webhooks': {
      'webhook-id': message.id,
      'webhook-timestamp': message.timestamp,
      'webhook-signature': signStandardWebhookSync(secret, message, body),
    },
    'body-hmac': {
      'X-App-Signature-256': signBodySync(secret, body),
      'X-App-Timestamp': input.timestamp,
    },
  };
  return { headers: { 'Content-Type': 'application/json', ...headers[scheme] }, body };
}
