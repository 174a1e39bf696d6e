/** PostgreSQL stops while WuKongIM v2 sends: no message is lost. With services of its own. Needs `pnpm build:code`. */
import { runAtRate } from '@im/simulators/simulator';
import { WukongimV2Simulator } from '@im/simulators/wukongim/v2-simulator';
import { Deployment } from '@im/testbed/deployment';
import { Services } from '@im/testbed/services';
import type { Source } from '@im/contracts/api/sources';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addApp } from '../../testing/apps.js';
import { AppUnderTest, eventually, fixedRetry } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { startHoldingProxy, type HoldingProxy } from '../../testing/holding-proxy.js';
import { remoteClient } from '../../testing/remote-client.js';

/** v2 sends a message five times, a second apart, and then never again: three refusals are three seconds. */
const REFUSALS = 3;
const PER_SECOND = 40;
const SECONDS_BEFORE = 2;

let services: Services;
let deployment: Deployment;
let receiver: CallbackReceiver;
let proxy: HoldingProxy;
let app: AppUnderTest;

beforeAll(async () => {
  [services, receiver] = await Promise.all([Services.start(), CallbackReceiver.start()]);
  deployment = await Deployment.start(services, { roles: ['all'] });
  const { email, password } = deployment.admin;
  const admin = await remoteClient(deployment.apiUrl).logIn(email, password);
  app = new AppUnderTest(admin, await addApp(admin));
  // A retry may wait for the database, although the receiver works.
  await app.addWebhook(receiver.url, { events: ['message.sent'], retryPolicy: fixedRetry(10, 100) });
  proxy = await startHoldingProxy(
    deployment.apiUrl,
    (refused) => refused.filter((url) => url.endsWith('?event=msg.notify')).length >= REFUSALS,
  );
});

afterAll(async () => {
  await proxy.stop();
  await deployment.stop();
  await receiver.stop();
  await services.stop();
});

/** Ends PostgreSQL in order and keeps it down until the work is done. */
async function withoutPostgres(work: () => Promise<void>): Promise<void> {
  const postmaster = await services.pidOf('postgres');
  await services.keepDown('postgres', async () => {
    process.kill(postmaster, 'SIGINT');
    await work();
  });
  await eventually(async () => (await storedTexts().catch(() => null)) !== null);
}

/** Of every event, in the order of storing. */
async function storedTexts(): Promise<string[]> {
  const client = new pg.Client({ connectionString: deployment.databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ text: string }>(
      `SELECT payload::jsonb ->> 'text' AS text FROM events WHERE event = 'message.sent' ORDER BY event_id`,
    );
    return rows.map(({ text }) => text);
  } finally {
    await client.end();
  }
}

it('PostgreSQL is away for three tries of WuKongIM v2: every message is stored once and arrives', async () => {
  const body = { kind: 'wukongim', name: 'v2', settings: { version: 'v2' } };
  const { token } = await app.client.data<Source>('POST', `${app.base}/sources`, { body });
  const sent: string[] = [];
  const simulator = new WukongimV2Simulator({
    url: `${proxy.url}/in/wukongim/${token}`,
    contentOf: (serial) => {
      const text = `message ${String(serial)}`;
      sent.push(text);
      return { type: 1, content: text };
    },
  });
  const enough = new AbortController();
  const traffic = runAtRate(simulator, { perSecond: PER_SECOND, signal: enough.signal });
  const arrivals = (): Set<string> =>
    new Set(receiver.callbacks.map(({ envelope }) => (envelope.data as { text: string }).text));

  await eventually(() => arrivals().size >= SECONDS_BEFORE * PER_SECOND);
  await withoutPostgres(() => proxy.holds);
  const sentMeanwhile = sent.length;
  proxy.letThrough();
  await eventually(() => arrivals().size >= sentMeanwhile);
  enough.abort();
  await traffic;

  await eventually(() => arrivals().size >= sent.length);
  expect((await storedTexts()).toSorted()).toEqual(sent.toSorted());
  expect([...arrivals()].toSorted()).toEqual(sent.toSorted());
  // The test would show nothing if nothing had been refused.
  expect(simulator.tally.report().refusals).toMatchObject({ 503: expect.any(Number) as unknown });
  expect(simulator.tally.report().retried).toBeGreaterThanOrEqual(REFUSALS);
  simulator.close();
});
