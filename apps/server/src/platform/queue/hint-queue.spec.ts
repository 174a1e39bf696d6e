import { EventEmitter } from 'node:events';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Queue } from 'bull';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';
import { CheckProcessorsService } from './check-processors.service.js';
import { HintQueue, type HintQueueOptions } from './hint-queue.js';
import { HintQueues } from './hint-queues.js';

interface Hint {
  id: string;
}

class TestQueue extends HintQueue<Hint> {
  constructor(bull: FakeBull, queues: HintQueues, options: Partial<HintQueueOptions> = {}) {
    super(bull as unknown as Queue<Hint>, queues, {
      maxConcurrent: 2,
      failureEvent: 'queue.add_failed',
      waitsForJobs: false,
      ...options,
    });
  }

  hintOne(id: string): void {
    this.add({ id }, id);
  }

  hintMany(...ids: string[]): boolean {
    if (!this.takesHints) return false;
    this.addMany(ids.map((id) => ({ id })));
    return true;
  }
}

/** The part of Bull that is used, without Redis. */
class FakeBull extends EventEmitter {
  readonly client = { status: 'ready' };
  waiting = 0;
  readonly add = vi.fn<(...args: unknown[]) => Promise<void>>(() => Promise.resolve());
  readonly addBulk = vi.fn<(jobs: unknown[]) => Promise<void>>(() => Promise.resolve());
  readonly pause = vi.fn<(...args: boolean[]) => Promise<void>>(() => Promise.resolve());
  readonly process = vi.fn<(...args: unknown[]) => Promise<void>>(() => new Promise(() => undefined));
  readonly getWaitingCount = vi.fn(() => Promise.resolve(this.waiting));
  readonly getJobCounts = vi.fn(() => Promise.resolve({ waiting: 7, active: 1, delayed: 0 }));

  constructor(readonly name = 'tests') {
    super();
  }
}

const logger = new Logger('silent');
const warn = vi.spyOn(logger, 'warn');

let bull: FakeBull;
let queues: HintQueues;

beforeEach(() => {
  vi.clearAllMocks();
  bull = new FakeBull();
  queues = new HintQueues(logger, new Metrics('worker'));
});

describe('a hint', () => {
  it('is added under its id, so that those of one thing merge, and leaves nothing behind', () => {
    new TestQueue(bull, queues).hintOne('one');
    const opts = { jobId: 'one', removeOnComplete: true, removeOnFail: true };
    expect(bull.add.mock.calls).toEqual([[{ id: 'one' }, opts]]);
  });

  it('goes in one round trip with others', () => {
    expect(new TestQueue(bull, queues).hintMany('one', 'two')).toBe(true);
    expect(bull.addBulk).toHaveBeenCalledOnce();
    expect(bull.addBulk.mock.calls[0]?.[0]).toMatchObject([{ data: { id: 'one' } }, { data: { id: 'two' } }]);
  });

  it('is dropped while Redis is away', () => {
    bull.client.status = 'reconnecting';
    const queue = new TestQueue(bull, queues);
    queue.hintOne('one');
    expect(queue.hintMany('two')).toBe(false);
    expect(bull.add).not.toHaveBeenCalled();
    expect(bull.addBulk).not.toHaveBeenCalled();
  });

  it('is dropped while as many wait as may, and added again when they are fewer', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const queue = new TestQueue(bull, queues, { maxWaiting: 3 });
    expect(queue.hintMany('one', 'two', 'three')).toBe(true);
    // It knows of its own before it has counted those of others.
    expect(queue.hintMany('four')).toBe(false);
    bull.waiting = 2;
    vi.advanceTimersByTime(250);
    queue.hintMany('counts');
    await vi.waitFor(() => {
      expect(queue.hintMany('five')).toBe(true);
    });
    vi.useRealTimers();
  });

  it('that cannot be added is logged with the queue, under the name of its event', async () => {
    bull.add.mockRejectedValue(new Error('OOM'));
    const queue = new TestQueue(bull, queues, { failureEvent: 'queue.hint_failed' });
    queue.hintOne('one');
    await queue.onApplicationShutdown();
    expect(warn.mock.calls).toEqual([['queue.hint_failed', { queue: 'tests', message: 'Error: OOM' }]]);
  });
});

describe('a queue', () => {
  it('passes each hint to its processor, up to the limit at once', () => {
    const handler = vi.fn(() => Promise.resolve());
    new TestQueue(bull, queues).process(handler);
    const [maxConcurrent, work] = bull.process.mock.calls[0] as [number, (job: { data: Hint }) => unknown];
    expect(maxConcurrent).toBe(2);
    work({ data: { id: 'one' } });
    expect(handler).toHaveBeenCalledWith({ id: 'one' });
  });

  it.each([true, false])(
    'stops in this process alone, and waits for jobs under way: %s',
    async (waitsForJobs) => {
      await new TestQueue(bull, queues, { waitsForJobs }).stopProcessing();
      expect(bull.pause.mock.calls).toEqual([[true, !waitsForJobs]]);
    },
  );

  it('has nothing to stop while Redis is away', async () => {
    bull.client.status = 'end';
    await new TestQueue(bull, queues).stopProcessing();
    expect(bull.pause).not.toHaveBeenCalled();
  });

  it('shows its depth, which is not known while Redis is away', async () => {
    new TestQueue(bull, queues);
    const depth = 'im_callback_queue_depth{queue="tests",state="waiting"} 7';
    expect(await queues.metrics.render()).toContain(depth);
    bull.client.status = 'end';
    expect(await queues.metrics.render()).not.toContain(depth);
  });

  it('logs its errors, but not those of a connection that is away', () => {
    new TestQueue(bull, queues);
    bull.emit('error', new Error('one'));
    bull.client.status = 'end';
    bull.emit('error', new Error('two'));
    expect(warn.mock.calls).toEqual([['queue.error', { queue: 'tests', message: 'one' }]]);
  });
});

describe('a process with the worker role', () => {
  /** Starts a process with the named queues, some of which have a processor. */
  async function start(names: string[], processed: string[]): Promise<void> {
    @Module({
      providers: [
        { provide: HintQueues, useValue: queues },
        {
          provide: 'processors',
          useFactory: () => {
            const byName = new Map(names.map((name) => [name, new TestQueue(new FakeBull(name), queues)]));
            return {
              onApplicationBootstrap: () => {
                for (const name of processed) byName.get(name)?.process(() => Promise.resolve());
              },
            };
          },
        },
      ],
      exports: [HintQueues],
    })
    class WorkModule {}

    @Module({ imports: [WorkModule], providers: [CheckProcessorsService] })
    class RootModule {}

    const context = await NestFactory.createApplicationContext(RootModule, {
      logger: false,
      abortOnError: false,
    });
    await context.close();
  }

  it('starts when each queue has its processor', async () => {
    await expect(start(['alerts', 'deliveries'], ['deliveries', 'alerts'])).resolves.toBeUndefined();
  });

  it('does not start when a queue has none, and says which', async () => {
    await expect(start(['alerts', 'deliveries'], ['deliveries'])).rejects.toThrow(
      'No processor in this process, which has the worker role, for the queues "alerts"',
    );
  });

  it('does not start when a queue has two', async () => {
    await expect(start(['alerts'], ['alerts', 'alerts'])).rejects.toThrow(
      'The queue "alerts" has a second processor in this process',
    );
  });
});
