import { EventEmitter } from 'node:events';
import type { Queue } from 'bull';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { HintQueues } from '../../platform/queue/hint-queues.js';
import { AlertQueue, type EvaluationHint } from './alert.queue.js';

/** What the queue calls of Bull. */
class FakeBull extends EventEmitter {
  readonly name = 'alerts';
  readonly client = { status: 'ready' };
  readonly addBulk = vi.fn<(jobs: { data: EvaluationHint }[]) => Promise<void>>(() => Promise.resolve());

  get hints(): string[][] {
    return this.addBulk.mock.calls.flatMap(([jobs]) => jobs.map(({ data }) => data.webhookIds));
  }
}

let bull: FakeBull;
let queue: AlertQueue;

beforeEach(() => {
  vi.useFakeTimers();
  bull = new FakeBull();
  const queues = new HintQueues(new Logger('silent'), new Metrics('worker'));
  queue = new AlertQueue(bull as unknown as Queue<EvaluationHint>, queues);
});

afterEach(() => {
  vi.useRealTimers();
});

function request(count: number): void {
  for (let n = 0; n < count; n += 1) queue.requestEvaluation(`w${String(n)}`);
}

describe('requests for evaluations', () => {
  it('of many webhooks become one hint, each webhook in it once', () => {
    request(3);
    request(2);
    expect(bull.hints).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(bull.hints).toEqual([['w0', 'w1', 'w2']]);
    vi.advanceTimersByTime(1_000);
    expect(bull.hints).toHaveLength(1);
  });

  it('are added at once when a hint is full', () => {
    request(250);
    expect(bull.hints.map((ids) => ids.length)).toEqual([100, 100]);
    vi.advanceTimersByTime(1_000);
    expect(bull.hints.map((ids) => ids.length)).toEqual([100, 100, 50]);
  });

  it('are dropped while Redis is away, and not kept', () => {
    bull.client.status = 'reconnecting';
    request(3);
    vi.advanceTimersByTime(1_000);
    bull.client.status = 'ready';
    queue.requestEvaluation('later');
    vi.advanceTimersByTime(1_000);
    expect(bull.hints).toEqual([['later']]);
  });
});
