/**
 * The fast way from a process that accepts to one that delivers: Bull jobs that name fresh deliveries, all those of a
 * commit in one. Rows are the truth; a lost hint is healed by the sweep of the rows.
 */
import { InjectQueue } from '@nestjs/bull';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../../platform/logging/logger.js';
import type { PlannedDelivery } from './data/insert-deliveries.js';

export const DELIVERY_QUEUE = 'deliveries';

export interface DeliveryHint {
  deliveryIds: string[];
  /** Conversations whose order is kept and in which something may be due. */
  turns: { webhookId: string; conversationId: string }[];
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
  ) {
    queue.on('error', (error: Error) => {
      this.logger.warn('queue.error', { queue: DELIVERY_QUEUE, message: error.message });
    });
  }

  /** Hands hints to the workers, without waiting. While Redis is away or full of them, hints are dropped, not hoarded. */
  hint(deliveries: readonly PlannedDelivery[]): void {
    if (this.queue.client.status !== 'ready') return;
    this.countNowAndThen();
    if (this.waitingCount >= MOST_HINTS_WAITING) return;
    const hints = hintsOf(deliveries);
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
    await this.queue.pause(true, true);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underway);
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

function hintsOf(deliveries: readonly PlannedDelivery[]): DeliveryHint[] {
  const hints: DeliveryHint[] = [];
  for (let from = 0; from < deliveries.length; from += DELIVERIES_PER_HINT) {
    const part = deliveries.slice(from, from + DELIVERIES_PER_HINT);
    hints.push({
      deliveryIds: part.flatMap((row) => (row.orderedConversationId === null ? [row.deliveryId] : [])),
      turns: part.flatMap(({ webhookId, orderedConversationId }) =>
        orderedConversationId === null ? [] : [{ webhookId, conversationId: orderedConversationId }],
      ),
    });
  }
  return hints;
}
