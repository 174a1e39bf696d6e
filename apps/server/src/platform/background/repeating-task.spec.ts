import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger } from '../logging/logger.js';
import { RepeatingTask, type RepeatingTaskOptions } from './repeating-task.js';

const logger = new Logger('silent');
const error = vi.spyOn(logger, 'error');
const warn = vi.spyOn(logger, 'warn');

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.clearAllMocks();
});

/** A started task, whose runs end when the test lets them. */
function start(options: Partial<RepeatingTaskOptions> = {}) {
  const runs: { signal: AbortSignal; end: (failure?: Error) => Promise<void> }[] = [];
  const task = new RepeatingTask(logger, {
    failureEvent: 'test.failed',
    delayMs: 100,
    run: (signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      const end = async (failure?: Error): Promise<void> => {
        if (failure) reject(failure);
        else resolve(undefined);
        await vi.advanceTimersByTimeAsync(0);
      };
      runs.push({ signal, end });
      return promise;
    },
    ...options,
  });
  task.start();
  return { task, runs };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a repeating task', () => {
  it('runs again when the delay after its last run is over, and never twice at once', async () => {
    const { runs } = start();
    await pass(99);
    expect(runs).toHaveLength(0);
    await pass(1);
    expect(runs).toHaveLength(1);
    await pass(10_000);
    expect(runs).toHaveLength(1);
    await runs[0]?.end();
    await pass(99);
    expect(runs).toHaveLength(1);
    await pass(1);
    expect(runs).toHaveLength(2);
  });

  it('begins after its first delay', async () => {
    const { runs } = start({ firstDelayMs: 5 });
    await pass(5);
    expect(runs).toHaveLength(1);
    await runs[0]?.end();
    await pass(99);
    expect(runs).toHaveLength(1);
  });

  it('computes the next delay after each run, from its outcome', async () => {
    const delayMs = vi.fn<(ended: { hasFailed: boolean; durationMs: number }) => number>(({ hasFailed }) =>
      hasFailed ? 5 : 50,
    );
    const { runs } = start({ delayMs });
    await pass(0);
    await pass(30);
    await runs[0]?.end(new Error('broken'));
    expect(delayMs).toHaveBeenLastCalledWith({ hasFailed: true, durationMs: 30 });
    await pass(5);
    expect(runs).toHaveLength(2);
    await runs[1]?.end();
    expect(delayMs).toHaveBeenLastCalledWith({ hasFailed: false, durationMs: 0 });
    await pass(49);
    expect(runs).toHaveLength(2);
    await pass(1);
    expect(runs).toHaveLength(3);
  });
});

describe('a run that fails', () => {
  /** Ends the runs one after another, with or without a failure. */
  async function endAll({ runs }: ReturnType<typeof start>, ends: (Error | undefined)[]): Promise<void> {
    for (const [index, failure] of ends.entries()) {
      await pass(100);
      await runs[index]?.end(failure);
    }
  }

  it('is logged each time and does not end the task', async () => {
    await endAll(start(), [new Error('one'), new Error('two'), undefined]);
    expect(error.mock.calls.map(([event, failure]) => [event, String(failure)])).toEqual([
      ['test.failed', 'Error: one'],
      ['test.failed', 'Error: two'],
    ]);
  });

  it('that throws before it returns a promise is a failure like any other', async () => {
    start({
      run: () => {
        throw new Error('at once');
      },
    });
    await pass(200);
    expect(error).toHaveBeenCalledTimes(2);
  });

  it('is logged once for all in a row where the task wants it so', async () => {
    const [one, two, three] = [new Error('one'), new Error('two'), new Error('three')];
    await endAll(start({ logsFirstFailureOnly: true }), [one, two, undefined, three]);
    expect(error.mock.calls.map(([, failure]) => String(failure))).toEqual(['Error: one', 'Error: three']);
  });

  it('is logged as a warning where the task wants it so, or not at all', async () => {
    await endAll(start({ failureLevel: 'warn' }), [new Error('one')]);
    expect(warn.mock.calls).toEqual([['test.failed', { message: 'Error: one' }]]);
    await endAll(start({ failureEvent: null }), [new Error('two')]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(error).not.toHaveBeenCalled();
  });

  it('fills no more than one bounded line, with any attachments of the driver’s error', async () => {
    const failure = Object.assign(new Error('x'.repeat(100_000)), {
      code: '40001',
      query: 'SELECT'.repeat(1_000),
      parameters: Array.from({ length: 1_000 }, () => 'secret'),
    });
    await endAll(start(), [failure]);
    const logged = error.mock.calls[0]?.[1] as Error;
    expect(logged).toMatchObject({ code: '40001' });
    expect(Object.keys(logged)).not.toContain('parameters');
    expect(Object.keys(logged)).not.toContain('query');
    expect(logged.message).toHaveLength(500);
    expect(logged.stack?.length).toBe(4_000);
  });
});

describe('stopping a task', () => {
  it('before its first run leaves nothing to wait for', async () => {
    const { task, runs } = start();
    await task.stop();
    await pass(1_000);
    expect(runs).toHaveLength(0);
  });

  it('waits for the run under way, whose signal is aborted, and starts no other', async () => {
    const { task, runs } = start();
    await pass(100);
    const stopped = vi.fn();
    void task.stop().then(stopped);
    await pass(1_000);
    expect(runs[0]?.signal.aborted).toBe(true);
    expect(stopped).not.toHaveBeenCalled();
    await runs[0]?.end();
    expect(stopped).toHaveBeenCalledOnce();
    await pass(1_000);
    expect(runs).toHaveLength(1);
  });

  it('does not wait for a run that goes on and on', async () => {
    const { task } = start();
    await pass(100);
    const stopped = vi.fn();
    void task.stop().then(stopped);
    await pass(1_999);
    expect(stopped).not.toHaveBeenCalled();
    await pass(1);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('logs the failure of the run under way', async () => {
    const { task, runs } = start();
    await pass(100);
    const stopped = task.stop();
    await runs[0]?.end(new Error('the pool has ended'));
    await stopped;
    expect(error).toHaveBeenCalledOnce();
  });
});
