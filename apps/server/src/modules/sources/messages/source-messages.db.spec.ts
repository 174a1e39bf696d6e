import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import { SystemClock } from '../../../platform/clock/clock.js';
import { OpenedSecrets } from '../../../platform/crypto/opened-secrets.js';
import { uuidV7 } from '../../../platform/crypto/random-pool.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import { Logger } from '../../../platform/logging/logger.js';
import { attemptOf } from '../../../testing/attempt-record.js';
import {
  addAppRow,
  addWebhookRow,
  openTestDataSource,
  plannedDelivery,
  type TestDataSource,
} from '../../../testing/data-source.js';
import { closeAfterEach, httpReceiver, openClient } from '../../../testing/local-receiver.js';
import { attemptRecords } from '../../../testing/stores.js';
import { CallbackRepliesRepository } from '../../delivery-store/data/callback-replies.repository.js';
import { DeliveryStatesRepository } from '../../delivery-store/data/delivery-states.repository.js';
import { replyIn } from '../../delivery-store/domain/callback-reply.js';
import { sourceSettingsContext } from '../data/source.entity.js';
import { SourceMessagesRepository } from './data/source-messages.repository.js';
import { StoredMessageSources } from './data/stored-message-sources.js';
import type { BotMessage } from './domain/bot-message.js';
import { PurgeMessagesService } from './purge-messages.service.js';
import { MAX_WAITING_MESSAGES, presentMessage, QueueMessagesService } from './queue-messages.service.js';
import { SendMessagesService } from './send-messages.service.js';
import { TakeRepliesService } from './take-replies.service.js';

const TOKEN = 'BotTokenOfAllSecrets+/=';
const SENT = '{"ret":1,"msg":"发送成功","data":{"id":1}}';
const MESSAGE: BotMessage = { dialogId: '12', text: 'hello' };
const logger = new Logger('silent');

let test: TestDataSource;
let appId: string;
let webhookId: string;
let sourceId: string;
let secretBox: SecretBox;
let rows: SourceMessagesRepository;
let sources: StoredMessageSources;
let queue: QueueMessagesService;

closeAfterEach();

beforeAll(async () => {
  test = await openTestDataSource();
  secretBox = new SecretBox(Buffer.alloc(32, 'k'));
  rows = new SourceMessagesRepository(test.dataSource);
  sources = new StoredMessageSources(test.dataSource, new OpenedSecrets(secretBox));
  queue = new QueueMessagesService(rows, sources);
});

beforeEach(async () => {
  await test.query('DELETE FROM source_messages');
  await test.query('DELETE FROM callback_replies');
  appId = await addAppRow(test);
  webhookId = await addWebhookRow(test, appId);
  sourceId = await addSource({});
});

afterAll(() => test.close());

async function addSource(
  settings: object,
  { kind = 'dootask', botToken = TOKEN }: { kind?: string; botToken?: string | null } = {},
) {
  const id = uuidV7();
  const sealed = botToken && secretBox.seal(JSON.stringify({ botToken }), sourceSettingsContext(id));
  await test.query(
    `INSERT INTO sources (source_id, app_id, kind, name, is_enabled, settings, settings_ciphertext, allowed_cidrs,
       secret_ciphertext, token_hash, created_by, created_at, updated_at)
     VALUES ($1::uuid, $2, $3, 'bot', true, $4, $5, '{}', '', uuid_send($1::uuid), 'test', now(), now())`,
    [id, appId, kind, JSON.stringify(settings), sealed],
  );
  return id;
}

/** Points the source at a DooTask that gives the answers in turn, the last one again and again. */
async function pointAtDooTask(...answers: string[]): Promise<Received[]> {
  const received: Received[] = [];
  const url = await httpReceiver((request, response) => {
    void readBody(request).then((form) => {
      received.push({ url: request.url ?? '', headers: request.headers, form });
      response.end(answers[received.length - 1] ?? answers.at(-1));
    });
  });
  await setAddress(sourceId, url);
  return received;
}

const setAddress = (id: string, address: string) =>
  test.query('UPDATE sources SET settings = $2 WHERE source_id = $1', [id, JSON.stringify({ address })]);

interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
}

async function readBody(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
}

function worker(client = openClient()): SendMessagesService {
  return new SendMessagesService(rows, sources, client, logger, new BackgroundTasks(logger));
}

async function sendDue(sender = worker()): Promise<void> {
  await sender.startDue();
  await sender.idle();
}

const makeAllDue = () =>
  test.query("UPDATE source_messages SET next_attempt_at = now() WHERE state = 'waiting'");
const listed = async (id = sourceId) => (await rows.list(id, 100, null)).map(presentMessage).reverse();

describe('a message', () => {
  it('is sent with the headers and fields of sendtext', async () => {
    const received = await pointAtDooTask(SENT);
    await queue.queueRequested(sourceId, {
      ...MESSAGE,
      ...{ text: 'a & b = “c”\n+', textType: 'md', key: 'k', silence: true, replyTo: '99' },
    });
    await queue.queueRequested(sourceId, { ...MESSAGE, silence: false });
    await sendDue();
    const token = TOKEN;
    expect(received).toMatchObject([
      {
        url: '/api/dialog/msg/sendtext',
        headers: { token, version: '0.42.3', 'content-type': 'application/x-www-form-urlencoded' },
        form: {
          ...{
            dialog_id: '12',
            text: 'a & b = “c”\n+',
            text_type: 'md',
            key: 'k',
            silence: 'yes',
            reply_id: '99',
          },
        },
      },
      { form: { dialog_id: '12', text: 'hello', silence: 'no' } },
    ]);
    const sent = {
      state: 'sent',
      origin: 'api',
      attempts: 1,
      responseStatus: 200,
      error: null,
      nextAttemptAt: null,
    };
    expect(await listed()).toMatchObject([sent, sent]);
  });

  it('that DooTask refuses is sent again five times, then given up', async () => {
    const received = await pointAtDooTask('{"ret":0,"msg":"对话不存在","data":[]}');
    await queue.queueRequested(sourceId, MESSAGE);
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await sendDue();
      expect(await listed()).toMatchObject([{ state: 'waiting', attempts: attempt }]);
      await makeAllDue();
    }
    await sendDue();
    const error = 'DooTask refused it: 对话不存在 (ret 0)';
    expect(await listed()).toMatchObject([{ state: 'failed', attempts: 6, error, nextAttemptAt: null }]);
    await makeAllDue();
    await sendDue();
    expect(received).toHaveLength(6);
  });

  it.each([
    ['is no answer of DooTask', '<html>login</html>', /not one of DooTask/],
    ['is cut off, but begins with success', `{"ret":1,"msg":"","data":{"x":"${'y'.repeat(20_000)}"}}`, null],
    ['repeats the token', `{"ret":0,"msg":"bad token ${TOKEN}"}`, /bad token \*\*\*/],
  ])('whose answer %s is judged by it', async (_, answer, error) => {
    await pointAtDooTask(answer);
    await queue.queueRequested(sourceId, MESSAGE);
    await sendDue();
    const [shown] = await listed();
    expect(shown?.state).toBe(error ? 'waiting' : 'sent');
    expect(shown?.error ?? '').toMatch(error ?? /^$/);
    expect(JSON.stringify(shown)).not.toContain(TOKEN);
  });

  it('is not sent to an address that is guarded', async () => {
    const received = await pointAtDooTask(SENT);
    await queue.queueRequested(sourceId, MESSAGE);
    await sendDue(worker(openClient({ allowedCidrs: [] })));
    expect(received).toEqual([]);
    expect(await listed()).toMatchObject([{ state: 'waiting', attempts: 1, responseStatus: null }]);
  });

  it('that fails keeps the ones after it waiting, in order and without an attempt', async () => {
    const received = await pointAtDooTask('{"ret":0}', SENT);
    for (const text of ['1', '2', '3']) await queue.queueRequested(sourceId, { ...MESSAGE, text });
    await sendDue();
    expect(received).toHaveLength(1);
    expect((await listed()).map(({ attempts }) => attempts)).toEqual([1, 0, 0]);
    await makeAllDue();
    await sendDue();
    expect(received.map(({ form }) => form.text)).toEqual(['1', '1', '2', '3']);
  });

  it('of one source does not wait for those of another that is slow', async () => {
    const held: ServerResponse[] = [];
    const slow = await httpReceiver((_, response) => held.push(response));
    const slowId = await addSource({ address: slow });
    const received = await pointAtDooTask(SENT);
    const sender = worker();
    await queue.queueRequested(slowId, MESSAGE);
    await sender.startDue();
    await queue.queueRequested(sourceId, MESSAGE);
    await sender.startDue();
    await expect.poll(() => received.length, { timeout: 8_000 }).toBe(1);
    await expect.poll(() => held.length, { timeout: 8_000 }).toBe(1);
    held[0]?.end(SENT);
    await sender.idle();
    expect(await listed(slowId)).toMatchObject([{ state: 'sent' }]);
  });

  it('goes out once however many workers there are', async () => {
    const received = await pointAtDooTask(SENT);
    for (let count = 0; count < 10; count += 1) await queue.queueRequested(sourceId, MESSAGE);
    await Promise.all(Array.from({ length: 4 }, () => sendDue()));
    expect(received).toHaveLength(10);
  });

  it('under way at a shutdown waits for the next worker and has used up no attempt', async () => {
    const isAsked = Promise.withResolvers<undefined>();
    await setAddress(
      sourceId,
      await httpReceiver(() => {
        isAsked.resolve(undefined);
      }),
    );
    await queue.queueRequested(sourceId, MESSAGE);
    const sender = worker();
    await sender.startDue();
    await isAsked.promise;
    sender.onModuleDestroy();
    await sender.beforeApplicationShutdown();
    const received = await pointAtDooTask(SENT);
    await sendDue();
    expect(received).toHaveLength(1);
    expect(await listed()).toMatchObject([{ state: 'sent', attempts: 1 }]);
  });

  it('is removed long after it ended, not while it waits', async () => {
    await pointAtDooTask(SENT);
    await queue.queueRequested(sourceId, MESSAGE);
    await sendDue();
    await test.query("UPDATE source_messages SET completed_at = now() - interval '31 days'");
    await queue.queueRequested(sourceId, MESSAGE);
    await new PurgeMessagesService(rows, new SystemClock(), new BackgroundTasks(logger)).purge();
    expect(await listed()).toMatchObject([{ state: 'waiting' }]);
  });
});

describe('sending is refused', () => {
  it.each([
    ['without an address', {}, {}],
    ['without a token', { address: 'https://doo.example.com' }, { botToken: null }],
    ['through another kind of server', { address: 'https://doo.example.com' }, { kind: 'openim' }],
    ['to an address that is no URL', { address: 'doo.example.com' }, {}],
  ])('%s', async (_, settings, options) => {
    const id = await addSource(settings, options);
    await expect(queue.queueRequested(id, MESSAGE)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('while too many wait', async () => {
    await setAddress(sourceId, 'https://doo.example.com');
    await queue.queueRequested(sourceId, MESSAGE);
    await test.query(
      `INSERT INTO source_messages SELECT gen_random_uuid(), source_id, state, origin, delivery_id, dialog_id, fields,
         attempts, next_attempt_at, response_status, error, created_at, completed_at
       FROM source_messages CROSS JOIN generate_series(2, $1)`,
      [MAX_WAITING_MESSAGES],
    );
    await expect(queue.queueRequested(sourceId, MESSAGE)).rejects.toMatchObject({
      code: 'too_many_requests',
    });
  });
});

describe('the answer of a receiver', () => {
  const take = () =>
    new TakeRepliesService(
      new CallbackRepliesRepository(),
      ...([rows, sources, queue, new BackgroundTasks(logger)] as const),
    ).takeSome();

  /** Delivers a message of the bot and records the receiver's answer. @returns the delivery's id */
  async function answer(
    body: string,
    { from = `source:${sourceId}`, version = '1.4.20', isTruncated = false } = {},
  ) {
    const delivery = plannedDelivery({ appId, webhookId, event: 'bot.message' });
    const { eventId, deliveryId } = delivery;
    const payload = { message: { conversationId: 'dootask:12' }, extra: { dootask: { version } } };
    await test.query(
      `INSERT INTO events (event_id, app_id, event, occurred_at, received_at, payload, received_from)
       VALUES ($1, $2, 'bot.message', now(), now(), $3, $4)`,
      [eventId, appId, JSON.stringify(payload), from],
    );
    await test.query(
      `INSERT INTO source_requests (request_id, source_id, received_at, method, path, remote_address, headers, body, body_bytes,
         outcome, command, detail, event_ids, answer_status, answer_body, duration_ms)
       VALUES ($1, $2, now(), 'POST', '/', '', '{}', '', 0, 'accepted', 'message', '', ARRAY[$3::uuid], 200, '', 1)`,
      [uuidV7(), sourceId, eventId],
    );
    await new DeliveryStatesRepository(test.dataSource).insert(delivery, 0);
    const attempt = attemptOf({ deliveryId, webhookId, kind: 'event', attempt: 1, status: 'success' });
    const outcome = { ...attempt.outcome, responseBody: body, isResponseTruncated: isTruncated };
    const reply = replyIn({ event: 'bot.message', kind: 'event', carried: 1, outcome });
    const records = attemptRecords(test.dataSource);
    await records.record([{ ...attempt, outcome, reply }]);
    // As when the first commit succeeded, but its answer was lost.
    await records.record([{ ...attempt, outcome, reply }]);
    return deliveryId;
  }

  it('becomes a message of the bot, with the version that DooTask named', async () => {
    const received = await pointAtDooTask(SENT);
    const deliveryId = await answer(
      '{"reply":{"text":"hi","textType":"md","silence":true,"replyTo":77},"more":1}',
    );
    expect(await take()).toBe(1);
    expect(await take()).toBe(0);
    await sendDue();
    expect(received).toMatchObject([
      {
        headers: { version: '1.4.20', token: TOKEN },
        form: { dialog_id: '12', text: 'hi', text_type: 'md', silence: 'yes', reply_id: '77' },
      },
    ]);
    expect(await listed()).toMatchObject([{ state: 'sent', origin: 'reply', deliveryId, dialogId: '12' }]);
  });

  it('is taken once by several workers, and once for a delivery that was recorded twice', async () => {
    await setAddress(sourceId, 'https://doo.example.com');
    for (let count = 0; count < 5; count += 1) await answer('{"reply":{"text":"hi"}}');
    const taken = await Promise.all([take(), take(), take()]);
    expect(taken.reduce((sum, each) => sum + each)).toBe(5);
    expect(await listed()).toHaveLength(5);
  });

  it('stays when its message cannot be stored', async () => {
    await setAddress(sourceId, 'https://doo.example.com');
    await answer('{"reply":{"text":"hi"}}');
    await test.query('ALTER TABLE source_messages ADD CONSTRAINT broken CHECK (false) NOT VALID');
    await expect(take()).rejects.toThrow(/broken/);
    await test.query('ALTER TABLE source_messages DROP CONSTRAINT broken');
    expect(await take()).toBe(1);
    expect(await listed()).toHaveLength(1);
  });

  it.each([
    ['names no text', '{"reply":{"textType":"md"}}', false, /reply\.text/],
    ['has another kind of text', '{"reply":{"text":"a","textType":"pdf"}}', false, /reply\.textType/],
    ['is too long', '{"reply":{"text":"aaa', true, /too long/],
  ])('that %s is shown as failed', async (_, body, isTruncated, error) => {
    await setAddress(sourceId, 'https://doo.example.com');
    await answer(body, { isTruncated });
    await take();
    expect(await listed()).toMatchObject([
      { state: 'failed', attempts: 0, error: expect.stringMatching(error) as string },
    ]);
  });

  it('is shown as failed when the source has no address', async () => {
    await answer('{"reply":{"text":"a"}}');
    await take();
    expect(await listed()).toMatchObject([
      { state: 'failed', error: 'The source has no address of DooTask' },
    ]);
  });

  it.each([
    ['only mentions one', '{"note":"\\"reply\\"","what":"reply"}', undefined],
    ['is no JSON', 'see "reply"', undefined],
    ['has null', '{"reply":null}', undefined],
    ['answers an event of the API', '{"reply":{"text":"a"}}', 'api_token:1'],
    ['answers an event of a source that is gone', '{"reply":{"text":"a"}}', `source:${uuidV7()}`],
  ])('that %s is left alone', async (_, body, from) => {
    await setAddress(sourceId, 'https://doo.example.com');
    await answer(body, { ...(from !== undefined && { from }) });
    await take();
    expect(await listed()).toEqual([]);
    expect(await test.query('SELECT FROM callback_replies')).toEqual([]);
  });
});
