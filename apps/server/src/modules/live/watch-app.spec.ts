import type { LiveCounters } from '@im/contracts/api/live';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppWatch, type Look } from './watch-app.js';

const LOOK_MS = 2_000;

/** Queries that end when the test lets them. */
class Looks {
  begun = 0;
  private ends: ((look: Look) => void)[] = [];
  private failures: ((error: Error) => void)[] = [];

  readonly look = (): Promise<Look> => {
    this.begun += 1;
    return new Promise((resolve, reject) => {
      this.ends.push(resolve);
      this.failures.push(reject);
    });
  };

  async end(pending = 0): Promise<void> {
    this.ends.pop()?.(seen(pending));
    await vi.advanceTimersByTimeAsync(0);
  }

  async fail(): Promise<void> {
    this.failures.pop()?.(new Error('PostgreSQL is away'));
    await vi.advanceTimersByTimeAsync(0);
  }
}

function seen(pending: number): Look {
  const counters: LiveCounters = {
    pending,
    attempts: 0,
    failures: 0,
    attemptSuccessRate: null,
    deliveredRate: null,
    p95Ms: null,
    openAlerts: { warning: 0, critical: 0 },
  };
  return { alerts: [], counters };
}

let looks: Looks;
let watch: AppWatch;

beforeEach(() => {
  vi.useFakeTimers();
  looks = new Looks();
  watch = new AppWatch(looks.look);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a watched app', () => {
  it('is read once for all who watch it', async () => {
    const [first, second, third] = [vi.fn(), vi.fn(), vi.fn()];
    const joined = [watch.join(first), watch.join(second)];
    await looks.end(1);
    await Promise.all(joined);
    await watch.join(third);
    expect(looks.begun).toBe(1);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    await looks.end(2);
    expect(looks.begun).toBe(2);
    for (const watcher of [first, second, third]) {
      expect(watcher.mock.calls).toEqual([[seen(1)], [seen(2)]]);
    }
  });

  it('is not read again while a slow read is running', async () => {
    void watch.join(vi.fn());
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(looks.begun).toBe(1);
    await looks.end();
    await vi.advanceTimersByTimeAsync(LOOK_MS - 1);
    expect(looks.begun).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks.begun).toBe(2);
  });

  it('is read again after a read that failed', async () => {
    const watcher = vi.fn();
    const joined = watch.join(watcher);
    await looks.fail();
    await joined;
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    await looks.end(7);
    expect(watcher.mock.calls).toEqual([[seen(7)]]);
  });

  it('is read for a watcher that joins after a failed read, and not twice from then on', async () => {
    const joined = watch.join(vi.fn());
    await looks.fail();
    await joined;
    await vi.advanceTimersByTimeAsync(LOOK_MS / 2);
    void watch.join(vi.fn());
    await looks.end();
    expect(looks.begun).toBe(2);
    await vi.advanceTimersByTimeAsync(LOOK_MS - 1);
    expect(looks.begun).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(looks.begun).toBe(3);
  });

  it('is not read without watchers', async () => {
    const [first, second] = [vi.fn(), vi.fn()];
    void watch.join(first);
    void watch.join(second);
    await looks.end();
    watch.leave(first);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    await looks.end();
    expect(second).toHaveBeenCalledTimes(2);
    expect(first).toHaveBeenCalledTimes(1);
    watch.leave(second);
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(looks.begun).toBe(2);
  });
});
