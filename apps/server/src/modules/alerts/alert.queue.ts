/** Alerts have a queue of their own: whatever goes wrong here never touches a delivery. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics, type QueueDepth } from '../../platform/metrics/metrics.js';

export const ALERT_QUEUE = 'alerts';

const CONCURRENT_EVALUATIONS = 4;

export interface EvaluationHint {
  webhookId: string;
}

@Injectable()
export class AlertQueue {
  constructor(
    @InjectQueue(ALERT_QUEUE) private readonly queue: Queue<EvaluationHint>,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    metrics.watchQueue(ALERT_QUEUE, () => this.readDepth());
    queue.on('error', (error: Error) => {
      // While Redis is away its connection says so, once.
      if (this.isConnected) this.logger.warn('queue.error', { queue: ALERT_QUEUE, message: error.message });
    });
  }

  /**
   * Asks for a look at the webhook's alerts, without waiting. Hints of one webhook merge while one waits; a lost one is
   * found by the sweep, because the row itself says that it is due.
   */
  requestEvaluation(webhookId: string): void {
    if (!this.isConnected) return;
    this.queue
      .add({ webhookId }, { jobId: webhookId, removeOnComplete: true, removeOnFail: true })
      .catch((error: unknown) => {
        this.logger.warn('queue.add_failed', { queue: ALERT_QUEUE, message: String(error) });
      });
  }

  process(handler: (hint: EvaluationHint) => Promise<void>): void {
    this.queue
      .process(CONCURRENT_EVALUATIONS, (job) => handler(job.data))
      .catch((error: unknown) => {
        this.logger.warn('queue.processing_ended', { queue: ALERT_QUEUE, message: String(error) });
      });
  }

  async stopProcessing(): Promise<void> {
    // Without Redis nothing comes that would have to be held back, and Bull would wait for a connection that never was.
    if (!this.isConnected) return;
    await this.queue.pause(true);
  }
  private get isConnected(): boolean {
    return this.queue.client.status === 'ready';
  }

  private async readDepth(): Promise<QueueDepth | null> {
    return this.isConnected ? this.queue.getJobCounts() : null;
  }
}
