import { describe, expect, it, vi } from 'vitest';
import { ConcurrencyLimiter, type ConcurrencyLimits } from './concurrency-limiter.js';

const LIMITS: ConcurrencyLimits = {
  maxConcurrent: 2,
  maxWaiting: 3,
  maxWaitingPerKey: 2,
  maxWaitMs: 600_000,
};

/** Work that ends when it is told to. */
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
  it('runs so many at once, and those that wait in their order', async () => {
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

  it('refuses at once when too many wait, and lets in again when there is room', async () => {
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
    // Nobody waits: there is no rest.
    const next = run('c');
    await settle();
    expect(names()).toEqual(['a', 'b', 'c']);
    running[2]?.end();
    await next;
    vi.useRealTimers();
  });

  it('leaves room for others when one key waits already', async () => {
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
});
