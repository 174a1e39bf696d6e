/** Registers the hint queues of this process, and checks that each has exactly one processor in a worker. */
import { Injectable } from '@nestjs/common';
import { Logger } from '../logging/logger.js';
import { Metrics } from '../metrics/metrics.js';

@Injectable()
export class HintQueues {
  /** Whether it has its processor, by name of the queue. */
  private readonly queues = new Map<string, boolean>();

  constructor(
    readonly logger: Logger,
    readonly metrics: Metrics,
  ) {}

  register(queue: string): void {
    this.queues.set(queue, false);
  }

  /** @throws Error when the queue already has a processor: jobs would go to either of them at random */
  registerProcessor(queue: string): void {
    if (this.queues.get(queue))
      throw new Error(`The queue "${queue}" has a second processor in this process`);
    this.queues.set(queue, true);
  }

  /** @throws Error that names the queues without a processor: their hints would wait for a sweep to find the rows */
  assertAllProcessed(): void {
    const idle = [...this.queues].filter(([, isProcessed]) => !isProcessed).map(([queue]) => `"${queue}"`);
    if (idle.length > 0)
      throw new Error(
        `No processor in this process, which has the worker role, for the queues ${idle.join(', ')}`,
      );
  }
}
