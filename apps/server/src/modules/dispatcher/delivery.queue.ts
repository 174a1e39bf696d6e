/** The fast lane: Bull jobs that hint which delivery is due. Rows are the truth; a lost hint is healed by the sweeper. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../../platform/logging/logger.js';

export const DELIVERY_QUEUE = 'deliveries';

export interface DeliveryHint {
  deliveryId: string;
  /** The attempt that is due, counted from 1. */
  attempt: number;
}

@Injectable()
export class DeliveryQueue implements OnApplicationShutdown {
  private readonly underway = new Set<Promise<unknown>>();

  constructor(
    @InjectQueue(DELIVERY_QUEUE) private readonly queue: Queue<DeliveryHint>,
    private readonly logger: Logger,
  ) {
    queue.on('error', (error: Error) => {
      this.logger.warn('queue.error', { queue: DELIVERY_QUEUE, message: error.message });
    });
  }

  /**
   * Hands hints to the workers, without waiting. The job's id is the delivery and its attempt, so the same hint again
   * changes nothing. While Redis is away hints are dropped, not hoarded.
   */
  enqueue(hints: readonly (DeliveryHint & { delayMs: number })[]): void {
    if (hints.length === 0 || this.queue.client.status !== 'ready') return;
    const adding = this.queue
      .addBulk(
        hints.map(({ deliveryId, attempt, delayMs }) => ({
          name: '__default__',
          data: { deliveryId, attempt },
          opts: {
            jobId: `${deliveryId}_${String(attempt)}`,
            delay: delayMs,
            removeOnComplete: true,
            removeOnFail: true,
          },
        })),
      )
      .catch((error: unknown) => {
        this.logger.warn('queue.add_failed', { hints: hints.length, message: String(error) });
      })
      .finally(() => this.underway.delete(adding));
    this.underway.add(adding);
  }

  /** @param handler called for each hint; at most `concurrency` at once in this process */
  process(concurrency: number, handler: (hint: DeliveryHint) => Promise<void>): void {
    this.queue
      .process(concurrency, (job) => handler(job.data))
      .catch((error: unknown) => {
        this.logger.warn('queue.processing_ended', { queue: DELIVERY_QUEUE, message: String(error) });
      });
  }

  /** Takes no further jobs in this process; resolves when those under way are done. */
  async stopProcessing(): Promise<void> {
    await this.queue.pause(true);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.underway);
  }
}
