/** Alerts have a queue of their own: whatever goes wrong here never touches a delivery. */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { HintQueue } from '../../platform/queue/hint-queue.js';
import { HintQueues } from '../../platform/queue/hint-queues.js';

export const ALERT_QUEUE = 'alerts';

const OPTIONS = { maxConcurrent: 4, failureEvent: 'queue.add_failed', waitsForJobs: true };

/** How long webhooks are collected for one hint: evaluating many costs little more than evaluating one. */
const GATHER_MS = 100;
const MAX_WEBHOOKS_PER_HINT = 100;

export interface EvaluationHint {
  webhookIds: string[];
}

@Injectable()
export class AlertQueue extends HintQueue<EvaluationHint> {
  private readonly gathered = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;

  constructor(@InjectQueue(ALERT_QUEUE) queue: Queue<EvaluationHint>, queues: HintQueues) {
    super(queue, queues, OPTIONS);
  }

  /**
   * Requests an evaluation of the webhook's alerts, without waiting. If the hint is lost, the sweep finds the row, which
   * says that it is due.
   */
  requestEvaluation(webhookId: string): void {
    this.gathered.add(webhookId);
    if (this.gathered.size >= MAX_WEBHOOKS_PER_HINT) this.addGathered();
    else
      this.gathering ??= setTimeout(() => {
        this.addGathered();
      }, GATHER_MS).unref();
  }

  private addGathered(): void {
    clearTimeout(this.gathering);
    this.gathering = undefined;
    if (this.takesHints) this.addMany([{ webhookIds: [...this.gathered] }]);
    this.gathered.clear();
  }
}
