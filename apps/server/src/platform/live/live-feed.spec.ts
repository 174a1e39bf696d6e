import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BackgroundTasks } from '../background/background-tasks.js';
import type { RedisConnections } from '../queue/redis-connections.js';
import { LiveFeed } from './live-feed.js';

const TOPIC = 'app';
let written: { messages: unknown[]; briefs: unknown[]; omitted: number }[];
let feed: LiveFeed;

beforeEach(async () => {
  vi.useFakeTimers();
  written = [];
  const pipeline = {
    xadd: (...values: unknown[]) => written.push(JSON.parse(String(values.at(-1))) as (typeof written)[0]),
    pexpire: () => undefined,
    zremrangebyscore: () => undefined,
    exec: () => Promise.resolve(),
  };
  const commands = { zadd: () => Promise.resolve(1), pipeline: () => pipeline };
  const background = { repeat: () => undefined } as unknown as BackgroundTasks;
  feed = new LiveFeed({ isReady: true, commands } as unknown as RedisConnections, background);
  await feed.watch(TOPIC);
});
afterEach(() => {
  vi.useRealTimers();
});

async function publish(count: number): Promise<void> {
  for (let id = 0; id < count; id += 1) {
    feed.publish(TOPIC, {
      message: () => ({ event: 'delivery', data: id }),
      brief: () => id,
      isNew: id % 10 !== 0,
    });
  }
  await vi.advanceTimersByTimeAsync(100);
}

it('writes what fits into an entry, and names the rest', async () => {
  await publish(13);
  expect(written[0]?.messages).toHaveLength(10);
  expect(written[0]).toMatchObject({ briefs: [10, 11, 12], omitted: 3 });
});

it('counts those that are new of what it does not even name', async () => {
  await publish(300);
  expect(written[0]?.briefs).toHaveLength(200);
  expect(written[0]?.omitted).toBe(200 + 81);
});

it('composes nothing for a topic that is not watched', () => {
  const message = vi.fn();
  feed.publish('another', { message, brief: message, isNew: true });
  expect(message).not.toHaveBeenCalled();
});
