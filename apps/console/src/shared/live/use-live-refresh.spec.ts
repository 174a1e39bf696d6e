import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { useLiveRefresh } from './use-live-refresh.js';

const SECOND_MS = 1_000;

/** The stream of the page, whose messages the test sends. */
class TestStream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: TestStream | undefined;
  readonly readyState = 1;
  close = vi.fn();

  constructor() {
    super();
    TestStream.opened = this;
  }

  static say(event: string): void {
    this.opened?.dispatchEvent(new MessageEvent(event, { data: '{}' }));
  }
}

let scope: EffectScope;
let areCurrent = true;
let durationMs = 0;
const answer = () => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
const figures = vi.fn(answer);
const webhooks = vi.fn(answer);

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', TestStream);
  [areCurrent, durationMs] = [true, 0];
  scope = effectScope();
  scope.run(() => useLiveRefresh({ appKey: () => 'ak_1', figures, webhooks, areCurrent: () => areCurrent }));
  TestStream.say('open');
  await vi.advanceTimersByTimeAsync(20 * SECOND_MS);
  figures.mockClear();
  webhooks.mockClear();
});

afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function sayFor(event: string, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds * SECOND_MS; passed += 100) {
    TestStream.say(event);
    await vi.advanceTimersByTimeAsync(100);
  }
}

describe('an open page', () => {
  it('loads figures at most every two seconds, and no webhooks, while deliveries go on', async () => {
    await sayFor('delivery', 9);
    expect(figures.mock.calls.length).toBeGreaterThan(2);
    expect(figures.mock.calls.length).toBeLessThanOrEqual(5);
    expect(webhooks).not.toHaveBeenCalled();
  });

  it.each(['alert', 'counters'])('loads webhooks when it hears of %s', async (event) => {
    await sayFor(event, 1);
    expect(webhooks).toHaveBeenCalledTimes(1);
  });

  it('loads a span that is over on the quiet timer only', async () => {
    areCurrent = false;
    await sayFor('delivery', 9);
    expect(figures).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(30 * SECOND_MS);
    expect(figures).toHaveBeenCalledTimes(1);
  });

  it('does not load again by a timer while an answer is on its way', async () => {
    durationMs = 200 * SECOND_MS;
    TestStream.say('delivery');
    await vi.advanceTimersByTimeAsync(120 * SECOND_MS);
    expect(figures).toHaveBeenCalledTimes(1);
  });
});
