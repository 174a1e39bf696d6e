import { Writable, type Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DrainHttpService } from '../../platform/http-server/drain-http.service.js';
import { isEntryAfter, type LiveEntry, type LiveFeed } from '../../platform/live/live-feed.js';
import type { RedisConnections } from '../../platform/queue/redis-connections.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { LookNowService } from './look-now.service.js';
import { StreamLiveService } from './stream-live.service.js';

const app = { appId: 'app', appKey: 'ak_1' } as AppRef;
let drain: AbortController;
afterEach(() => {
  vi.useRealTimers();
  drain.abort();
});

/** What came while the reader was away: more than it may leave unread. */
const ENTRIES: LiveEntry[] = Array.from({ length: 100 }, (_, index) => ({
  id: `1-${String(index + 1)}`,
  messages: [{ event: 'delivery', data: 'x'.repeat(20_000) }],
  briefs: [],
  omitted: 0,
}));

let keptFrom: string;
beforeEach(() => {
  keptFrom = '1-0';
  drain = new AbortController();
});

function service(): StreamLiveService {
  const feed: Partial<LiveFeed> = {
    watch: () => Promise.resolve(),
    isKept: (_, id) => Promise.resolve(!isEntryAfter(keptFrom, id)),
    readAfter: (after: ReadonlyMap<string, string>) => {
      const rest = ENTRIES.filter(({ id }) => isEntryAfter(id, after.get('app') ?? ''));
      return Promise.resolve(new Map([['app', rest]]));
    },
  };
  const now = { alerts: () => Promise.resolve([]), counters: () => Promise.resolve({}) };
  return new StreamLiveService(
    feed as LiveFeed,
    { isReady: true } as RedisConnections,
    now as unknown as LookNowService,
    { stopped: drain.signal } as DrainHttpService,
  );
}

const open = () => service().open({ app, lastEventId: '1-0', mayStay: () => Promise.resolve(true) });

/** Like a socket, it takes what it is given a little later. @returns the ids that come */
function read(readable: Readable): string[] {
  const ids: string[] = [];
  const connection = new Writable({
    write: (text: Buffer, _, done) => {
      ids.push(...[...text.toString().matchAll(/^id: (.*)$/gm)].map(([, id = '']) => id));
      setImmediate(done);
    },
  });
  readable.pipe(connection);
  return ids;
}

it('sends all that a reader missed, in parts that it can read', async () => {
  const ids = read(await open());
  await vi.waitFor(() => expect(ids).toHaveLength(ENTRIES.length), 10_000);
  expect(ids).toEqual(ENTRIES.map(({ id }) => id));
});

it('disconnects a reader that is late when what is next is no longer kept', async () => {
  const readable = await open();
  keptFrom = '1-50';
  const ids = read(readable);
  await vi.waitFor(() => expect(readable.destroyed).toBe(true));
  expect(ids.length).toBeLessThan(50);
});

it('disconnects a reader that does not read', async () => {
  vi.useFakeTimers();
  const readable = await open();
  await vi.advanceTimersByTimeAsync(4_000);
  expect(readable.destroyed).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(readable.destroyed).toBe(true);
});
