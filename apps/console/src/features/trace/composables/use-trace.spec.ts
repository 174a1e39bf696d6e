import type { TraceKey } from '@im/contracts/api/trace';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { sampleTracedEvent } from '../../../testing/sample-trace.js';
import { traceEvents } from '../trace.api.js';
import { timelineOf } from '../model/timeline.js';
import { useTrace } from './use-trace.js';

vi.mock('../trace.api.js', () => ({ traceEvents: vi.fn() }));

const PAGE = 20;
const scope = effectScope();
afterAll(() => {
  scope.stop();
});
afterEach(() => {
  vi.mocked(traceEvents).mockReset();
});

/** Makes the service answer with `total` events, an hour apart. @param failsAt the cursor of the page that fails */
function known(total: number, failsAt?: string): void {
  vi.mocked(traceEvents).mockImplementation((_app, _key, _id, cursor) => {
    if (cursor !== undefined && cursor === failsAt) return Promise.reject(new Error('no answer'));
    const first = Number(cursor ?? 0);
    const data = Array.from({ length: Math.min(PAGE, total - first) }, (_, index) =>
      sampleTracedEvent({
        eventId: `e${String(first + index)}`,
        receivedAt: new Date(Date.UTC(2026, 10, 29) - (first + index) * 3_600_000).toISOString(),
      }),
    );
    const nextCursor = first + PAGE < total ? String(first + PAGE) : null;
    return Promise.resolve({ data, page: { nextCursor }, reason: null });
  });
}

async function loaded(key: TraceKey, count: number) {
  const trace = scope.run(() =>
    useTrace(
      () => 'ak_1',
      () => [{ key, id: 'x' }],
    ),
  );
  if (!trace) throw new Error('the scope has ended');
  await vi.waitFor(() => {
    expect(trace.events.value).toHaveLength(count);
    expect(trace.isLoadingOlder.value).toBe(false);
  });
  return trace;
}

describe('a time line', () => {
  it.each([
    ['its last 200 events', 'conversationId', 500, 200, true],
    ['all of a few', 'userId', 50, 50, false],
    ['one page of a message', 'messageId', 500, PAGE, true],
  ] as const)('has %s', async (_, key, total, count, hasOlder) => {
    known(total);
    const { events, hasOlder: olderThere } = await loaded(key, count);
    expect(olderThere.value).toBe(hasOlder);
    expect(timelineOf(events.value).filter(({ gapMs }) => gapMs === null)).toHaveLength(1);
  });

  it('has earlier events on demand', async () => {
    known(500);
    const { events, loadOlder } = await loaded('conversationId', 200);
    await loadOlder();
    expect(events.value.map(({ eventId }) => eventId)).toEqual(
      Array.from({ length: 220 }, (_, index) => `e${String(index)}`),
    );
  });

  it('keeps what it has when a page fails, and goes on from there on demand', async () => {
    known(60, '40');
    const { hasOlder, events, loadOlder } = await loaded('conversationId', 40);
    expect(hasOlder.value).toBe(true);
    known(60);
    await loadOlder();
    expect(events.value).toHaveLength(60);
  });
});
