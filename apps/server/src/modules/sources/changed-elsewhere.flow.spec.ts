/** What another process changes takes effect with the next request, although this process has the source cached. */
import type { Source, SourceRequestEntry } from '@im/contracts/api/sources';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const COMMAND = 'callbackAfterSendSingleMsgCommand';

let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
let source: Source;
let sent = 0;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
});
afterAll(async () => {
  await receiver.stop();
  await service.stop();
});
beforeEach(async () => {
  app = await service.addApp();
  source = await app.client.data('POST', `${app.base}/sources`, { body: { kind: 'openim', name: 'im' } });
  // Twice: the second one finds it cached.
  await send();
  await send();
});

async function send(): Promise<void> {
  sent += 1;
  const body = {
    callbackCommand: COMMAND,
    sendID: 'u1',
    recvID: 'u2',
    clientMsgID: `m${String(sent)}`,
    serverMsgID: `s${String(sent)}`,
    sessionType: 1,
    contentType: 101,
    content: '{"content":"hi"}',
    sendTime: 1_764_000_000_000 + sent,
    createTime: 1_764_000_000_000 + sent,
    seq: sent,
  };
  const answer = await fetch(`${service.url}${new URL(source.url).pathname}/${COMMAND}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`An IM server was answered ${String(answer.status)}`);
}

async function storedEvents(): Promise<number> {
  const rows = await service.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM events WHERE app_id = (SELECT app_id FROM apps WHERE app_key = $1)',
    [app.appKey],
  );
  return rows[0]?.count ?? 0;
}

const requests = () =>
  app.client.data<SourceRequestEntry[]>('GET', `${app.base}/sources/${source.sourceId}/requests`);

it('a paused source stores nothing more, and shows the request as rejected', async () => {
  await service.database.query('UPDATE sources SET is_enabled = false WHERE source_id = $1', [
    source.sourceId,
  ]);
  await send();
  expect(await storedEvents()).toBe(2);
  await expect.poll(async () => (await requests())[0]?.outcome).toBe('rejected');
});

it('a source that is on again stores at once', async () => {
  await service.database.query('UPDATE sources SET is_enabled = false WHERE source_id = $1', [
    source.sourceId,
  ]);
  await send();
  await service.database.query('UPDATE sources SET is_enabled = true WHERE source_id = $1', [
    source.sourceId,
  ]);
  await send();
  expect(await storedEvents()).toBe(3);
});

it('a token that was taken away is that of no source', async () => {
  await service.database.query(`UPDATE sources SET token_hash = '\\x00' WHERE source_id = $1`, [
    source.sourceId,
  ]);
  await send();
  expect(await storedEvents()).toBe(2);
});

it('a webhook that was added gets the next event', async () => {
  const { webhookId } = await app.addWebhook(`${receiver.url}/new`);
  // As if another process had added it: this one is not told.
  await service.database.query('UPDATE webhook_configs SET is_enabled = false WHERE webhook_id = $1', [
    webhookId,
  ]);
  await send();
  await service.database.query('UPDATE webhook_configs SET is_enabled = true WHERE webhook_id = $1', [
    webhookId,
  ]);
  await send();
  await expect.poll(() => receiver.callbacks.length).toBe(1);
});
