import { afterEach, describe, expect, it } from 'vitest';
import { OpenimSimulator } from './openim/openim-simulator.js';
import { runAtRate, untilIdle, type Simulator, type Verdict } from './simulator.js';
import { RecordingServer, type Recorded, type Reply } from './testing/recording-server.js';
import { Tally } from './tally.js';
import { WukongimV2Simulator } from './wukongim/v2-simulator.js';
import { WukongimV3Simulator } from './wukongim/v3-simulator.js';
import { WukongimWire } from './wukongim/wukongim-wire.js';

const opened: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

async function serve(
  reply: (request: Recorded, index: number) => Reply,
): Promise<RecordingServer & { url: string }> {
  const server = new RecordingServer(reply);
  opened.push(server);
  return Object.assign(server, { url: await server.listen() });
}

function open<T extends Simulator>(simulator: T): T {
  opened.push(simulator);
  return simulator;
}

const OK: Reply = { status: 200, body: '' };
const FAST = { notifyEveryMs: 20, retryAfterMs: 20, statusEveryMs: 20 };
const idsIn = ({ body }: Recorded): string[] =>
  [...body.toString().matchAll(/"message_idstr":"(\d+)"/g)].map(([, id = '']) => id);
const notifies = (server: RecordingServer): Recorded[] =>
  server.requests.filter(({ target }) => target.includes('msg.notify'));

describe('OpenIM', () => {
  it('works with two workers and a buffer of 100; who waits in vain for room is dropped and counted', async () => {
    const release = Promise.withResolvers<undefined>();
    const server = await serve(() => ({ ...OK, after: release.promise }));
    const simulator = open(new OpenimSimulator({ url: server.url, patienceMs: 20 }));
    await Promise.all(Array.from({ length: 105 }, () => simulator.act()));
    expect(simulator.tally.dropped).toBe(3);
    expect(server.connections).toBeLessThanOrEqual(2);
    release.resolve(undefined);
    await untilIdle(simulator);
    expect(simulator.tally.report()).toMatchObject({ sent: 102, answered: 102, retried: 0, dropped: 3 });
  });

  it('does not try again', async () => {
    const server = await serve(() => ({ status: 500, body: '' }));
    const simulator = open(new OpenimSimulator({ url: server.url }));
    await simulator.act();
    await untilIdle(simulator);
    expect(server.requests).toHaveLength(1);
    expect(simulator.tally.report()).toMatchObject({ answered: 0, dropped: 1, refusals: { 500: 1 } });
  });

  it.each<[string, Reply, Partial<Verdict>, number]>([
    ['an allow', { status: 200, body: '{"actionCode":0,"nextCode":0}' }, { outcome: 'allowed' }, 1],
    ['an object with 500', { status: 500, body: '{}' }, { outcome: 'allowed' }, 1],
    ['null', { status: 200, body: 'null' }, { outcome: 'allowed' }, 1],
    ['actionCode 1', { status: 200, body: '{"actionCode":1,"nextCode":1}' }, { outcome: 'allowed' }, 1],
    [
      'a deny, in any case',
      { status: 200, body: '{"NEXTCODE":1,"errCode":5001,"errMsg":"no"}' },
      { outcome: 'denied', code: 5001, message: 'no' },
      0,
    ],
    [
      'a text as nextCode',
      { status: 200, body: '{"nextCode":"1"}' },
      { outcome: 'blocked', code: 90_007 },
      0,
    ],
    ['an array', { status: 200, body: '[]' }, { outcome: 'blocked', code: 90_007 }, 0],
    ['HTML', { status: 404, body: '<p>not found</p>' }, { outcome: 'blocked', code: 90_007 }, 0],
    ['nothing', { status: 200, body: '' }, { outcome: 'blocked', code: 90_007 }, 0],
  ])('takes %s for its verdict and sends the message accordingly', async (_what, reply, verdict, told) => {
    const server = await serve(({ target }) => (target.includes('Before') ? reply : OK));
    const verdicts: Verdict[] = [];
    const simulator = open(
      new OpenimSimulator({ url: server.url, asksBefore: true, onVerdict: (each) => verdicts.push(each) }),
    );
    await simulator.act();
    await untilIdle(simulator);
    expect(verdicts).toEqual([expect.objectContaining(verdict)]);
    expect(simulator.tally.sent).toBe(told);
  });

  it('blocks the user when no answer comes in time', async () => {
    const never = Promise.withResolvers<undefined>();
    const server = await serve(() => ({ ...OK, after: never.promise }));
    const verdicts: Verdict[] = [];
    const simulator = open(
      new OpenimSimulator({
        ...{ url: server.url, asksBefore: true, timeoutMs: 20 },
        onVerdict: (each) => verdicts.push(each),
      }),
    );
    await simulator.act();
    expect(verdicts).toMatchObject([{ outcome: 'blocked', code: 90_004, message: 'timeout' }]);
    never.resolve(undefined);
  });
});

describe('WuKongIM v3', () => {
  it('sends at most 100 messages in a request, and tells who missed each', async () => {
    const server = await serve(() => OK);
    const stored: number[] = [];
    const simulator = open(
      new WukongimV3Simulator({ url: server.url, rhythm: FAST, onStored: (serial) => stored.push(serial) }),
    );
    for (let serial = 0; serial < 250; serial++) await simulator.act();
    await untilIdle(simulator);
    expect(notifies(server).map((request) => idsIn(request).length)).toEqual([100, 100, 50]);
    expect(server.requests.filter(({ target }) => target.includes('msg.offline'))).toHaveLength(250);
    expect(stored).toHaveLength(250);
  });

  it.each([201, 204, 302, 500])(
    'tries three times after %i, with the same bytes, then gives up',
    async (status) => {
      const server = await serve(() => ({ status, body: '' }));
      const simulator = open(new WukongimV3Simulator({ url: server.url, rhythm: FAST }));
      await simulator.act();
      await untilIdle(simulator);
      const bodies = notifies(server).map(({ body }) => body.toString());
      expect(bodies).toHaveLength(3);
      expect(new Set(bodies).size).toBe(1);
      // The message, who missed it, and who came online.
      expect(simulator.tally.report()).toMatchObject({ sent: 9, retried: 6, dropped: 3 });
    },
  );
});

describe('WuKongIM v2', () => {
  it('sends a failed batch again, with newer messages behind it, and each message five times at most', async () => {
    const server = await serve(({ target }) =>
      target.includes('msg.notify') ? { status: 500, body: '' } : OK,
    );
    const simulator = open(new WukongimV2Simulator({ url: server.url, rhythm: FAST }));
    await simulator.act();
    await expect.poll(() => notifies(server).length).toBeGreaterThan(0);
    await simulator.act();
    await untilIdle(simulator);
    const counts = new Map<string, number>();
    for (const id of notifies(server).flatMap(idsIn)) counts.set(id, (counts.get(id) ?? 0) + 1);
    expect([...counts.values()]).toEqual([5, 5]);
    expect(notifies(server).some((request) => idsIn(request).length === 2)).toBe(true);
    expect(simulator.tally.dropped).toBe(2);
  });

  it('loses nothing when a failure ends in time', async () => {
    const server = await serve(({ target }, index) =>
      target.includes('msg.notify') && index < 5 ? { status: 503, body: '' } : OK,
    );
    const stored = new Set<number>();
    const simulator = open(
      new WukongimV2Simulator({ url: server.url, rhythm: FAST, onStored: (serial) => stored.add(serial) }),
    );
    await simulator.act();
    await untilIdle(simulator);
    expect([...stored]).toEqual([0]);
    expect(simulator.tally.dropped).toBe(0);
  });

  it('tells who missed a message once, whatever the answer', async () => {
    const server = await serve(({ target }) =>
      target.includes('msg.offline') ? { status: 500, body: '' } : OK,
    );
    const simulator = open(new WukongimV2Simulator({ url: server.url, rhythm: FAST }));
    await simulator.act();
    await untilIdle(simulator);
    expect(server.requests.filter(({ target }) => target.includes('msg.offline'))).toHaveLength(1);
    expect(simulator.tally.dropped).toBe(1);
  });

  it.each([
    ['is kept after an empty answer', '', 1],
    ['is lost with an answer that has a body', 'ok', 3],
  ])('a connection %s', async (_what, body, connections) => {
    const server = await serve(() => ({ status: 200, body }));
    const wire = new WukongimWire(server.url, 'v2', new Tally());
    opened.push(wire);
    for (let time = 0; time < 3; time++) await wire.post('msg.offline', Buffer.from('{}'));
    expect(server.connections).toBe(connections);
  });
});

it('a rate is kept whatever the answers', async () => {
  const server = await serve(() => OK);
  const simulator = open(new OpenimSimulator({ url: server.url }));
  await runAtRate(simulator, { perSecond: 200, seconds: 0.2 });
  expect(simulator.tally.report()).toMatchObject({ sent: 40, answered: 40, dropped: 0 });
});
