/** Notifications have a queue of their own: whatever goes wrong here never touches an alert or a delivery. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics, type QueueDepth } from '../../platform/metrics/metrics.js';

export const NOTIFICATION_QUEUE = 'notifications';

/** Channels one worker sends on at once because it was asked to. */
const CONCURRENT_CHANNELS = 4;

export interface SendingHint {
  channelId: string;
}

@Injectable()
export class NotificationQueue {
  constructor(
    @InjectQueue(NOTIFICATION_QUEUE) private readonly queue: Queue<SendingHint>,
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    metrics.watchQueue(NOTIFICATION_QUEUE, () => this.readDepth());
    queue.on('error', (error: Error) => {
      // While Redis is away its connection says so, once.
      if (this.isConnected)
        this.logger.warn('queue.error', { queue: NOTIFICATION_QUEUE, message: error.message });
    });
  }

  /** Asks any worker to send on the channel, without waiting. A lost hint is found by the sweep: the rows say what is due. */
  requestSending(channelId: string): void {
    if (!this.isConnected) return;
    this.queue
      .add({ channelId }, { jobId: channelId, removeOnComplete: true, removeOnFail: true })
      .catch((error: unknown) => {
        this.logger.warn('queue.add_failed', { queue: NOTIFICATION_QUEUE, message: String(error) });
      });
  }

  process(handler: (hint: SendingHint) => Promise<void>): void {
    this.queue
      .process(CONCURRENT_CHANNELS, (job) => handler(job.data))
      .catch((error: unknown) => {
        this.logger.warn('queue.processing_ended', { queue: NOTIFICATION_QUEUE, message: String(error) });
      });
  }

  async stopProcessing(): Promise<void> {
    // Without Redis nothing comes that would have to be held back, and Bull would wait for a connection that never was.
    if (!this.isConnected) return;
    await this.queue.pause(true, true);
  }

  private get isConnected(): boolean {
    return this.queue.client.status === 'ready';
  }

  private async readDepth(): Promise<QueueDepth | null> {
    return this.isConnected ? this.queue.getJobCounts() : null;
  }
}
