/**
 * Passes hints from any process to a worker, over Bull: adds without waiting, processes, and counts them. A hint may be
 * lost at any time: rows are authoritative, and a sweep finds what is due.
 */
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';
import { waitAtMost } from '../background/wait-at-most.js';
import type { QueueDepth } from '../metrics/metrics.js';
import type { HintQueues } from './hint-queues.js';

/** Hints are removed once they were processed or failed. */
const DROP = { removeOnComplete: true, removeOnFail: true };
const COUNT_INTERVAL_MS = 250;
/** How long a stop waits for hints that are being added. */
const MAX_STOP_MS = 1_000;

export interface HintQueueOptions {
  /** Jobs taken at once in a process. */
  maxConcurrent: number;
  /**
   * With this many waiting hints no more are added: workers are behind and find the rows by sweeping. Absent: no bound.
   */
  maxWaiting?: number;
  /** Log event of a hint that could not be added. */
  failureEvent: string;
  /** Whether a stop waits for the jobs under way. */
  waitsForJobs: boolean;
}

export abstract class HintQueue<Hint extends object> implements OnApplicationShutdown {
  private readonly underWay = new Set<Promise<unknown>>();
  private waitingCount = 0;
  private countedAt = -Infinity;

  protected constructor(
    private readonly queue: Queue<Hint>,
    private readonly queues: HintQueues,
    private readonly options: HintQueueOptions,
  ) {
    queues.register(queue.name);
    queues.metrics.watchQueue(queue.name, () => this.readDepth());
    queue.on('error', (error: Error) => {
      // The connection logs the loss of Redis, once.
      if (this.isConnected) this.warn('queue.error', error.message);
    });
  }

  /** To be called once in a process. @param handler called for each hint */
  process(handler: (hint: Hint) => Promise<void>): void {
    this.queues.registerProcessor(this.queue.name);
    this.queue
      .process(this.options.maxConcurrent, (job) => handler(job.data))
      .catch((error: unknown) => {
        this.warn('queue.processing_ended', String(error));
      });
  }

  /** Takes no further jobs in this process. */
  async stopProcessing(): Promise<void> {
    // Without Redis no job comes, and Bull would wait for a connection that was never made.
    if (this.isConnected) await this.queue.pause(true, !this.options.waitsForJobs);
  }

  async onApplicationShutdown(): Promise<void> {
    await waitAtMost(MAX_STOP_MS, Promise.all(this.underWay));
  }

  /** Whether hints are accepted now: without Redis or with a full queue they are dropped, not stored. */
  protected get takesHints(): boolean {
    const { maxWaiting } = this.options;
    if (!this.isConnected) return false;
    if (maxWaiting === undefined) return true;
    this.countNowAndThen();
    return this.waitingCount < maxWaiting;
  }

  /** Adds a hint, without waiting. @param jobId hints with the id of a waiting one are merged with it */
  protected add(hint: Hint, jobId: string): void {
    if (this.takesHints) this.track(this.queue.add(hint, { jobId, ...DROP }));
  }

  /** Adds hints in one round trip, without waiting. To be called only when {@link takesHints}. */
  protected addMany(hints: readonly Hint[]): void {
    this.waitingCount += hints.length;
    this.track(this.queue.addBulk(hints.map((data) => ({ name: '__default__', data, opts: DROP }))));
  }

  private get isConnected(): boolean {
    return this.queue.client.status === 'ready';
  }

  private async readDepth(): Promise<QueueDepth | null> {
    return this.isConnected ? this.queue.getJobCounts() : null;
  }

  private countNowAndThen(): void {
    const now = performance.now();
    if (now - this.countedAt < COUNT_INTERVAL_MS) return;
    this.countedAt = now;
    this.track(this.queue.getWaitingCount().then((count) => (this.waitingCount = count)));
  }

  private track(work: Promise<unknown>): void {
    const done = work
      .catch((error: unknown) => {
        this.warn(this.options.failureEvent, String(error));
      })
      .finally(() => this.underWay.delete(done));
    this.underWay.add(done);
  }

  private warn(step: string, message: string): void {
    this.queues.logger.warn(step, { queue: this.queue.name, message });
  }
}
