/** Every recorded request is accepted, answered as its server needs, stored once, and delivered. */
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import type { SourceKind } from '@im/contracts/api/source-constants';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { eventually } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { playRecorded, recordedRequests } from '../../testing/recorded-requests.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const FOLDERS: [folder: string, kind: SourceKind][] = [
  ['openim/fixtures/recordings', 'openim'],
  ['wukongim/fixtures/v2', 'wukongim'],
  ['wukongim/fixtures/v3', 'wukongim'],
  ['dootask/fixtures', 'dootask'],
];

/** What lets each server go on. */
const ANSWERS: Partial<Record<SourceKind, unknown>> = {
  openim: expect.objectContaining({
    headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }) as unknown,
    body: expect.objectContaining({ actionCode: 0, errCode: 0, nextCode: 0 }) as unknown,
  }),
  wukongim: expect.objectContaining({
    headers: expect.objectContaining({ 'content-length': '0' }) as unknown,
  }),
  dootask: expect.objectContaining({ body: {} }),
};

interface OfflineData {
  message: { messageId: string };
  recipientIds: string[];
}

interface Plugged {
  app: AppUnderTest;
  source: Source;
  requests: () => Promise<SourceRequestEntry[]>;
}

async function plugIn(kind: SourceKind): Promise<Plugged> {
  const app = await service.addApp();
  const source = await app.client.data<Source>('POST', `${app.base}/sources`, { body: { kind, name: kind } });
  return {
    app,
    source: { ...source, url: source.url.replace(/^https?:\/\/[^/]+/, service.url) },
    requests: () => app.client.data('GET', `${app.base}/sources/${source.sourceId}/requests`),
  };
}

describe.each(FOLDERS)('%s', (folder, kind) => {
  it.each(recordedRequests(folder))('$name', async (recorded) => {
    const { app, source, requests } = await plugIn(kind);
    const answer = await playRecorded(source.url, recorded);
    expect(answer.status).toBe(200);
    expect(answer).toEqual(ANSWERS[kind]);

    const [request] = await requests();
    expect(request).toMatchObject({
      method: recorded.method,
      // Tokens of DooTask are taken out of the bytes that are kept.
      ...(kind !== 'dootask' && { bodyBytes: recorded.body.length }),
      outcome: 'accepted',
    });
    const events = await app.client.data<unknown[]>('GET', `${app.base}/events?limit=200`);
    const isBefore = kind === 'openim' && /Before(?!After)/.test(recorded.path);
    // A before-callback without a receiver leaves no event.
    expect(events).toHaveLength(isBefore ? 0 : (request?.eventIds.length ?? 0));
  });
});

function wukongimMessage(id: number) {
  return {
    header: { no_persist: 0, red_dot: 1, sync_once: 0 },
    setting: 0,
    message_id: id,
    message_idstr: String(id),
    client_msg_no: `c${String(id)}`,
    message_seq: id,
    from_uid: 'u1',
    channel_id: 'g1',
    channel_type: 2,
    timestamp: 1_764_427_600,
    payload: Buffer.from('{"type":1,"content":"hi"}').toString('base64'),
  };
}

it('a receiver gets every event of a batch once, although the batch is sent again with more in it', async () => {
  const { app, source } = await plugIn('wukongim');
  const receiver = await CallbackReceiver.start(app.appSecret);
  await app.addWebhook(receiver.url);
  const post = (ids: number[]) =>
    fetch(`${source.url}?event=msg.notify`, {
      method: 'POST',
      body: JSON.stringify(ids.map(wukongimMessage)),
    });
  expect((await post([1, 2])).status).toBe(200);
  expect((await post([1, 2, 3])).status).toBe(200);
  const ids = await eventually(() => {
    const seen = receiver.callbacks.map(({ envelope }) => (envelope.data as { messageId: string }).messageId);
    return seen.length >= 3 && seen;
  });
  expect([...ids].sort()).toEqual(['1', '2', '3']);
  await receiver.stop();
});

it('a receiver gets each recipient of a message once, although they come in requests that overlap', async () => {
  const { app, source } = await plugIn('wukongim');
  const receiver = await CallbackReceiver.start(app.appSecret);
  await app.addWebhook(receiver.url);
  const uids = Array.from({ length: 1_101 }, (_, index) => `m${String(index)}`);
  const post = (id: number, from: number, to: number) =>
    fetch(`${source.url}?event=msg.offline`, {
      method: 'POST',
      body: JSON.stringify({ ...wukongimMessage(id), to_uids: uids.slice(from, to) }),
    });
  // Neighbours at once, then one that repeats all of them, and one that overlaps.
  const answers = await Promise.all([post(7, 0, 512), post(7, 512, 1_024)]);
  answers.push(await post(7, 0, 512), await post(7, 500, 1_101), await post(8, 0, 2));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  const recipients = await eventually(() => {
    const seen = receiver.callbacks.map(({ envelope }) => envelope.data as OfflineData);
    const isLastThere = seen.some(({ message }) => message.messageId === '8');
    const named = seen.flatMap((data) => (data.message.messageId === '7' ? data.recipientIds : []));
    return isLastThere && named.length >= uids.length && named;
  });
  expect(recipients).toHaveLength(1_101);
  expect(new Set(recipients)).toEqual(new Set(uids));
  await receiver.stop();
});
