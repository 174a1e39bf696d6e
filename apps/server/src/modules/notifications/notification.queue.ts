/** Notifications have a queue of their own: whatever goes wrong here never touches an alert or a delivery. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { HintQueue } from '../../platform/queue/hint-queue.js';
import { HintQueues } from '../../platform/queue/hint-queues.js';

export const NOTIFICATION_QUEUE = 'notifications';

/** Of the channels that a worker sends on at once, those it was asked for by a hint. */
const OPTIONS = { maxConcurrent: 4, failureEvent: 'queue.add_failed', waitsForJobs: false };

export interface SendingHint {
  channelId: string;
}

@Injectable()
export class NotificationQueue extends HintQueue<SendingHint> {
  constructor(@InjectQueue(NOTIFICATION_QUEUE) queue: Queue<SendingHint>, queues: HintQueues) {
    super(queue, queues, OPTIONS);
  }

  /** Asks any worker to send on the channel, without waiting. A lost hint is found by the sweep: the rows say what is due. */
  requestSending(channelId: string): void {
    this.add({ channelId }, channelId);
  }
}
