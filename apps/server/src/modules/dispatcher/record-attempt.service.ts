/** Records attempts, many in one commit, then lines up what follows: the next attempt, a look at the alerts. */
import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { Clock } from '../../platform/clock/clock.js';
import { retryTransient } from '../../platform/database/retry-transient.js';
import type { HttpOutcome } from '../../platform/http/http-outcome.js';
import { AlertQueue } from '../alerts/alert.queue.js';
import {
  AttemptRecordsRepository,
  type AttemptRecord,
  type RecordResult,
} from './data/attempt-records.repository.js';
import type { DeliveryWork } from './data/delivery-work.repository.js';
import { DeliveryQueue } from './delivery.queue.js';
import type { Verdict } from './domain/judge-attempt.js';

export interface FinishedAttempt {
  work: DeliveryWork;
  attempt: number;
  outcome: HttpOutcome;
  verdict: Verdict;
  /** As sent, credentials masked. */
  requestHeaders: Record<string, string>;
}

const MAX_RECORDS_PER_COMMIT = 500;
const CONCURRENT_COMMITS = 2;
/** How long an outcome waits for PostgreSQL to return; after that the attempt is made again, with the same callbackId. */
const KEEP_TRYING_MS = 60_000;

@Injectable()
export class RecordAttemptService {
  private readonly commits: Batcher<AttemptRecord, RecordResult>;

  constructor(
    records: AttemptRecordsRepository,
    private readonly queue: DeliveryQueue,
    private readonly alerts: AlertQueue,
    private readonly clock: Clock,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_RECORDS_PER_COMMIT,
      concurrency: CONCURRENT_COMMITS,
      run: (batch) => retryTransient(() => records.record(batch), KEEP_TRYING_MS),
    });
  }

  async record({ work, attempt, outcome, verdict, requestHeaders }: FinishedAttempt): Promise<void> {
    const { deliveryId, webhookId, kind } = work;
    const nextAttemptAt = verdict.kind === 'retry' ? new Date(this.clock.nowMs() + verdict.delayMs) : null;
    const result = await this.commits.add({
      deliveryId,
      webhookId,
      kind,
      attempt,
      nextAttemptAt,
      requestHeaders,
      outcome,
      status: STATUS_AFTER[verdict.kind],
    });
    if (!result.isRecorded) return;
    if (nextAttemptAt) {
      const delayMs = Math.max(0, nextAttemptAt.getTime() - this.clock.nowMs());
      this.queue.enqueue([{ deliveryId, attempt: attempt + 1, delayMs }]);
    }
    if (result.isHealthChanged) this.alerts.requestEvaluation(webhookId);
  }
}

const STATUS_AFTER = { delivered: 'success', retry: 'pending', failed: 'failed' } as const;
