/** A person writes to a bot of DooTask, a receiver answers, and the bot says so. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from '@im/contracts/api/deliveries';
import type { Source, SourceMessage } from '@im/contracts/api/sources';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type AppUnderTest } from '../../../testing/app-under-test.js';
import { CallbackReceiver } from '../../../testing/callback-receiver.js';
import { playRecorded, recordedRequests } from '../../../testing/recorded-requests.js';
import { startTestService, type TestService } from '../../../testing/test-service.js';

const BOT_TOKEN = 'TheBotTokenOfTheSettings';
const USER_TOKENS = ['YIG8ANC8q2BOTTOKENEXAMPLE', 'YIG8ANC8q2USERTOKENEXAMPLE'];
const [MESSAGE] = recordedRequests('dootask/fixtures');

interface Posted {
  headers: IncomingHttpHeaders;
  form: Record<string, string>;
}

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
const posted: Posted[] = [];
const dooTask = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    posted.push({ headers: request.headers, form });
    response.end('{"ret":1,"msg":"发送成功","data":{}}');
  });
});

beforeAll(async () => {
  service = await startTestService();
  await new Promise<void>((resolve) => dooTask.listen(0, '127.0.0.1', resolve));
});

beforeEach(async () => {
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  posted.length = 0;
});

afterEach(() => receiver.stop());

afterAll(async () => {
  await service.stop();
  dooTask.closeAllConnections();
  dooTask.close();
});

async function addSource(settings: object): Promise<Source> {
  const body = { kind: 'dootask', name: 'bot', settings };
  const source = await app.client.data<Source>('POST', `${app.base}/sources`, { body });
  return { ...source, url: source.url.replace(/^https?:\/\/[^/]+/, service.url) };
}

const reachable = () => ({
  address: `http://127.0.0.1:${String((dooTask.address() as AddressInfo).port)}`,
  botToken: BOT_TOKEN,
});

const messagesOf = ({ sourceId }: Source) =>
  app.client.data<SourceMessage[]>('GET', `${app.base}/sources/${sourceId}/messages`);

const sentMessageOf = (source: Source) =>
  eventually(async () => (await messagesOf(source)).find(({ state }) => state === 'sent'));

async function play(source: Source): Promise<void> {
  if (!MESSAGE) throw new Error('There is a recorded message');
  const answer = await playRecorded(source.url, MESSAGE);
  expect(answer.status).toBe(200);
}

describe('a bot', () => {
  it('says what the receiver of its message answers, once, in the same dialog', async () => {
    receiver.answerWith(
      200,
      { 'content-type': 'application/json' },
      '{"reply":{"text":"**yes**","textType":"md"}}',
    );
    await app.addWebhook(receiver.url, { events: ['bot.message'] });
    const source = await addSource(reachable());
    await play(source);
    const message = await sentMessageOf(source);
    expect(message).toMatchObject({ origin: 'reply', dialogId: '12', attempts: 1 });
    expect(await messagesOf(source)).toHaveLength(1);
    expect(posted).toMatchObject([
      { headers: { token: BOT_TOKEN }, form: { dialog_id: '12', text: '**yes**', text_type: 'md' } },
    ]);
    const [callback] = receiver.callbacks;
    expect(callback?.envelope).toMatchObject({ event: 'bot.message', deliveryId: message.deliveryId });
    for (const token of [...USER_TOKENS, BOT_TOKEN]) expect(callback?.text).not.toContain(token);
  });

  it('says nothing to an answer that asks for nothing', async () => {
    await app.addWebhook(receiver.url, { events: ['bot.message'] });
    const source = await addSource(reachable());
    await play(source);
    await eventually(async () => {
      const [first] = await app.client.data<Delivery[]>('GET', `${app.base}/deliveries`);
      return first?.status === 'success';
    });
    expect(await messagesOf(source)).toEqual([]);
    expect(await service.database.query('SELECT FROM callback_replies')).toEqual([]);
  });

  it('says what the API asks for, with a key', async () => {
    const source = await addSource(reachable());
    const body = { dialogId: '7', text: 'done', key: 'build', silence: true };
    const path = `${app.base}/sources/${source.sourceId}/messages`;
    expect(await app.client.data<SourceMessage>('POST', path, { body })).toMatchObject({
      ...{ state: 'waiting', origin: 'api', dialogId: '7', deliveryId: null },
    });
    await sentMessageOf(source);
    expect(posted).toMatchObject([{ form: { dialog_id: '7', text: 'done', key: 'build', silence: 'yes' } }]);
  });

  it('cannot speak without an address', async () => {
    const source = await addSource({ botToken: BOT_TOKEN });
    const body = { dialogId: '7', text: 'done' };
    const path = `${app.base}/sources/${source.sourceId}/messages`;
    expect(await app.client.call('POST', path, { body })).toMatchObject({ status: 409 });
  });
});
