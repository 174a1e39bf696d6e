/**
 * The fast way from a process that accepts to one that delivers: Bull jobs that name fresh deliveries, all those of a
 * commit in one. Rows are the truth; a lost hint is healed by the sweep of the rows.
 */
import { InjectQueue } from '@nestjs/bull';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics, type QueueDepth } from '../../platform/metrics/metrics.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';

export const DELIVERY_QUEUE = 'deliveries';

export interface DeliveryHint {
  deliveryIds: string[];
  /** Conversations whose order is kept and in which something may be due. */
  turns: { webhookId: string; conversationId: string }[];
  /** Which trace each event belongs to, by event id; absent while tracing is off. */
  traceparents?: Record<string, string> | undefined;
}

/** Jobs taken at once in a process; each only loads rows, attempts are made elsewhere. */
const JOBS_AT_ONCE = 4;
/** A hint names so many deliveries at most, so that workers share a large commit. */
const DELIVERIES_PER_HINT = 100;
/** While so many hints wait no more are given: workers are behind and find the rows by themselves. */
const MOST_HINTS_WAITING = 500;
const COUNT_INTERVAL_MS = 250;

@Injectable()
export class DeliveryQueue implements OnApplicationShutdown {
  private readonly underway = new Set<Promise<unknown>>();
  private waitingCount = 0;
  private countedAt = 0;

  constructor(
    @InjectQueue(DELIVERY_QUEUE) private readonly queue: Queue<DeliveryHint>,
    private readonly logger: Logger,
    private readonly traces: EventTraces,
    metrics: Metrics,
  ) {
    metrics.watchQueue(DELIVERY_QUEUE, () => this.readDepth());
    queue.on('error', (error: Error) => {
      // While Redis is away its connection says so, once.
      if (queue.client.status === 'ready')
        this.logger.warn('queue.error', { queue: DELIVERY_QUEUE, message: error.message });
    });
  }

  /** Hands hints to the workers, without waiting. While Redis is away or full of them, hints are dropped, not hoarded. */
  hint(deliveries: readonly PlannedDelivery[]): void {
    if (this.queue.client.status !== 'ready') return;
    this.countNowAndThen();
    if (this.waitingCount >= MOST_HINTS_WAITING) return;
    const hints = hintsOf(deliveries, this.traces);
    this.waitingCount += hints.length;
    this.run(
      this.queue.addBulk(
        hints.map((data) => ({
          name: '__default__',
          data,
          opts: { removeOnComplete: true, removeOnFail: true },
        })),
      ),
    );
  }

  /** @param handler called for each hint */
  process(handler: (hint: DeliveryHint) => Promise<void>): void {
    this.queue
      .process(JOBS_AT_ONCE, (job) => handler(job.data))
      .catch((error: unknown) => {
        this.logger.warn('queue.processing_ended', { queue: DELIVERY_QUEUE, message: String(error) });
      });
  }

  /** Takes no further jobs in this process. */
  async stopProcessing(): Promise<void> {
    // Without Redis nothing comes that would have to be held back, and Bull would wait for a connection that never was.
    if (this.queue.client.status !== 'ready') return;
    await this.queue.pause(true, true);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underway);
  }

  private async readDepth(): Promise<QueueDepth | null> {
    return this.queue.client.status === 'ready' ? this.queue.getJobCounts() : null;
  }

  private countNowAndThen(): void {
    const now = performance.now();
    if (now - this.countedAt < COUNT_INTERVAL_MS) return;
    this.countedAt = now;
    this.run(this.queue.getWaitingCount().then((count) => (this.waitingCount = count)));
  }

  private run(work: Promise<unknown>): void {
    const done = work
      .catch((error: unknown) => {
        this.logger.warn('queue.hint_failed', { message: String(error) });
      })
      .finally(() => this.underway.delete(done));
    this.underway.add(done);
  }
}

function hintsOf(deliveries: readonly PlannedDelivery[], traces: EventTraces): DeliveryHint[] {
  const hints: DeliveryHint[] = [];
  for (let from = 0; from < deliveries.length; from += DELIVERIES_PER_HINT) {
    const part = deliveries.slice(from, from + DELIVERIES_PER_HINT);
    hints.push({
      deliveryIds: part.flatMap((row) => (row.orderedConversationId === null ? [row.deliveryId] : [])),
      turns: part.flatMap(({ webhookId, orderedConversationId }) =>
        orderedConversationId === null ? [] : [{ webhookId, conversationId: orderedConversationId }],
      ),
      traceparents: traces.of(part.map(({ eventId }) => eventId)),
    });
  }
  return hints;
}
