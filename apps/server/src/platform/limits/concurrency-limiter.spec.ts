import { describe, expect, it, vi } from 'vitest';
import { ConcurrencyLimiter, type ConcurrencyLimits } from './concurrency-limiter.js';

const LIMITS: ConcurrencyLimits = {
  maxConcurrent: 2,
  maxWaiting: 3,
  maxWaitingPerKey: 2,
  maxWaitMs: 600_000,
};

/** Work that ends when the test lets it. */
function harness(limits: Partial<ConcurrencyLimits> = {}) {
  const limiter = new ConcurrencyLimiter({ ...LIMITS, ...limits }, () => new Error('full'));
  const running: { name: string; end: (error?: Error) => void }[] = [];
  const run = (name: string, key = name): Promise<string> =>
    limiter.run(key, () => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      running.push({
        name,
        end: (error) => {
          if (error) reject(error);
          else resolve(name);
        },
      });
      return promise;
    });
  const names = () => running.map(({ name }) => name);
  return { run, running, names };
}

async function settle(): Promise<void> {
  await new Promise(setImmediate);
}

describe('ConcurrencyLimiter', () => {
  it('runs as many at once as there are permits, and those that wait in their order', async () => {
    const { run, running, names } = harness();
    const all = ['a', 'b', 'c', 'd'].map((name) => run(name));
    await settle();
    expect(names()).toEqual(['a', 'b']);
    running[1]?.end();
    await settle();
    expect(names()).toEqual(['a', 'b', 'c']);
    running[0]?.end();
    await settle();
    for (const { end } of running) end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses at once when too many wait, and admits again when fewer do', async () => {
    const { run, running } = harness();
    const all = ['a', 'b', 'c', 'd', 'e'].map((name) => run(name));
    await expect(run('f')).rejects.toThrow('full');
    await settle();
    running[0]?.end();
    await settle();
    const late = run('g');
    for (let at = 1; at < 6; at += 1) {
      await settle();
      running[at]?.end();
    }
    expect(await Promise.all([...all, late])).toHaveLength(6);
  });

  it('lets a permit rest for as long as it was used, while others wait', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const { run, running, names } = harness({ maxConcurrent: 1, restsAfterUse: true });
    const all = ['a', 'b'].map((name) => run(name));
    await settle();
    vi.advanceTimersByTime(30);
    running[0]?.end();
    await settle();
    vi.advanceTimersByTime(29);
    await settle();
    expect(names()).toEqual(['a']);
    vi.advanceTimersByTime(1);
    await settle();
    expect(names()).toEqual(['a', 'b']);
    vi.advanceTimersByTime(30);
    running[1]?.end();
    expect(await Promise.all(all)).toEqual(['a', 'b']);
    // Nothing waits: there is no rest.
    const next = run('c');
    await settle();
    expect(names()).toEqual(['a', 'b', 'c']);
    running[2]?.end();
    await next;
    vi.useRealTimers();
  });

  it('admits others when one key waits already', async () => {
    const { run } = harness();
    void Promise.allSettled([run('a'), run('b'), run('c', 'same'), run('d', 'same')]);
    await expect(run('e', 'same')).rejects.toThrow('full');
    const other = run('f', 'other');
    await settle();
    expect(await Promise.race([other.catch(() => 'refused'), Promise.resolve('waits')])).toBe('waits');
  });

  it('gives up waiting after the longest wait, and the permit goes to the next', async () => {
    const { run, running, names } = harness({ maxWaitMs: 10 });
    void run('a');
    void run('b');
    await expect(run('c')).rejects.toThrow('full');
    await settle();
    running[0]?.end();
    await settle();
    void run('d');
    await settle();
    expect(names()).toEqual(['a', 'b', 'd']);
  });

  it('gives the permit back when the work fails', async () => {
    const { run, running, names } = harness({ maxConcurrent: 1 });
    const failed = run('a');
    const next = run('b');
    await settle();
    running[0]?.end(new Error('broken'));
    await expect(failed).rejects.toThrow('broken');
    await settle();
    expect(names()).toEqual(['a', 'b']);
    running[1]?.end();
    expect(await next).toBe('b');
  });

  it('without bounds on waiting lets every caller wait for its permit, in order, even after failures', async () => {
    const limiter = new ConcurrencyLimiter({ maxConcurrent: 2 });
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const works = Array.from({ length: 5 }, (_, index) =>
      limiter.run('', async () => {
        begun.push(index);
        await new Promise<void>((resolve) => ends.push(resolve));
        if (index === 1) throw new Error('failed');
        return index;
      }),
    );
    const outcomes = Promise.allSettled(works);
    await Promise.resolve();
    expect(begun).toEqual([0, 1]);
    for (let ended = 0; ended < 5; ended += 1) {
      ends[ended]?.();
      await works[ended]?.catch(() => undefined);
      expect(begun.length).toBe(Math.min(5, ended + 3));
    }
    expect(begun).toEqual([0, 1, 2, 3, 4]);
    expect((await outcomes).map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      true,
      true,
      true,
    ]);
    await expect(limiter.run('', () => Promise.resolve('free'))).resolves.toBe('free');
  });

  it('runs all of a list, no more at a time than allowed, and fails once all have ended', async () => {
    let atOnce = 0;
    let most = 0;
    const done: number[] = [];
    const works = Array.from({ length: 9 }, (_, n) => async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise(setImmediate);
      atOnce -= 1;
      if (n === 4) throw new Error('the fifth');
      done.push(n);
    });
    const limiter = new ConcurrencyLimiter({ maxConcurrent: 3 });
    await expect(limiter.runAll(works)).rejects.toThrow('the fifth');
    expect(most).toBe(3);
    expect(done.toSorted()).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
  });

  it('lets a key that runs as often as it may wait while others pass it', async () => {
    const { run, running, names } = harness({ maxConcurrentPerKey: 1 });
    const all = [run('a', 'same'), run('b', 'same'), run('c', 'other')];
    await settle();
    expect(names()).toEqual(['a', 'c']);
    running[1]?.end();
    await settle();
    expect(names()).toEqual(['a', 'c']);
    running[0]?.end();
    await settle();
    expect(names()).toEqual(['a', 'c', 'b']);
    running[2]?.end();
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });
});

describe('permits taken without waiting', () => {
  it('are bounded for each key', () => {
    const limiter = new ConcurrencyLimiter({ maxConcurrentPerKey: 2, maxConcurrent: 10 });
    expect(limiter.tryAcquire('a')).toBeDefined();
    expect(limiter.tryAcquire('a')).toBeDefined();
    expect(limiter.tryAcquire('a')).toBeUndefined();
    expect(limiter.tryAcquire('b')).toBeDefined();
  });

  it('are bounded in all', () => {
    const limiter = new ConcurrencyLimiter({ maxConcurrentPerKey: 2, maxConcurrent: 3 });
    const permits = ['a', 'b', 'c', 'd'].map((key) => limiter.tryAcquire(key));
    expect(permits.map((permit) => permit !== undefined)).toEqual([true, true, true, false]);
    permits[0]?.release();
    expect(limiter.tryAcquire('d')).toBeDefined();
  });

  it('are released once', () => {
    const limiter = new ConcurrencyLimiter({ maxConcurrentPerKey: 2, maxConcurrent: 2 });
    const permit = limiter.tryAcquire('a');
    limiter.tryAcquire('a');
    permit?.release();
    permit?.release();
    expect(limiter.tryAcquire('a')).toBeDefined();
    expect(limiter.tryAcquire('a')).toBeUndefined();
  });

  it('let the caller that waits longest start when they are released', async () => {
    const limiter = new ConcurrencyLimiter({ maxConcurrent: 1 });
    const permit = limiter.tryAcquire('a');
    const waiting = limiter.run('b', () => Promise.resolve('started'));
    expect(limiter.tryAcquire('c')).toBeUndefined();
    permit?.release();
    expect(limiter.tryAcquire('c')).toBeUndefined();
    expect(await waiting).toBe('started');
    expect(limiter.tryAcquire('c')).toBeDefined();
  });
});
