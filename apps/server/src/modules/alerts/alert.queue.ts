/** Alerts have a queue of their own: whatever goes wrong here never touches a delivery. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { HintQueue } from '../../platform/queue/hint-queue.js';
import { HintQueues } from '../../platform/queue/hint-queues.js';

export const ALERT_QUEUE = 'alerts';

const OPTIONS = { maxConcurrent: 4, failureEvent: 'queue.add_failed', waitsForJobs: true };

export interface EvaluationHint {
  webhookId: string;
}

@Injectable()
export class AlertQueue extends HintQueue<EvaluationHint> {
  constructor(@InjectQueue(ALERT_QUEUE) queue: Queue<EvaluationHint>, queues: HintQueues) {
    super(queue, queues, OPTIONS);
  }

  /**
   * Asks for a look at the webhook's alerts, without waiting. Hints of one webhook merge while one waits; a lost one is
   * found by the sweep, because the row itself says that it is due.
   */
  requestEvaluation(webhookId: string): void {
    this.add({ webhookId }, webhookId);
  }
}
