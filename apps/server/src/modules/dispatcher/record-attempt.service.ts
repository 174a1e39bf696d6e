/** Records attempts, many in one commit. */
import { Injectable } from '@nestjs/common';
import type { LiveBrief, LiveDelivery } from '@im/contracts/api/live';
import { Batcher } from '../../platform/batching/batcher.js';
import { retryTransient } from '../../platform/database/retry-transient.js';
import { instantOfId } from '../../platform/database/time-partitions.js';
import { LiveFeed, type LiveMessage } from '../../platform/live/live-feed.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { AlertQueue } from '../alerts/alert.queue.js';
import type { HttpOutcome } from '../../platform/outgoing-http/http-outcome.js';
import type { Attempted, AttemptedDelivery } from './attempt-delivery.service.js';
import type { AttemptRecord } from '../delivery-store/data/attempt-record.js';
import { AttemptRecordsRepository, type RecordResult } from './data/attempt-records.repository.js';
import type { PendingDelivery } from '../delivery-store/data/claims.repository.js';
import { replyIn } from '../delivery-store/domain/callback-reply.js';
import { subjectOf } from '../delivery-store/domain/event-subject.js';
import { phaseOf } from '../delivery-store/domain/delivery-phase.js';

const MAX_RECORDS_PER_COMMIT = 500;
const CONCURRENT_COMMITS = 2;
/** Outcomes are collected for this time, because a commit costs about the same for one and for many. */
const LINGER_MS = 25;
/** How long an outcome waits for PostgreSQL to return; after that the attempt is made again, with the same callbackId. */
const KEEP_TRYING_MS = 60_000;

const STATUS_AFTER = { delivered: 'success', retry: 'pending', failed: 'failed', split: 'split' } as const;
const OUTCOMES = { delivered: 'success', retry: 'retry', failed: 'failed', split: 'retry' } as const;

@Injectable()
export class RecordAttemptService {
  private readonly commits: Batcher<AttemptRecord, RecordResult>;

  constructor(
    records: AttemptRecordsRepository,
    private readonly alerts: AlertQueue,
    private readonly metrics: Metrics,
    private readonly live: LiveFeed,
  ) {
    this.commits = new Batcher({
      maxItems: MAX_RECORDS_PER_COMMIT,
      concurrency: CONCURRENT_COMMITS,
      lingerMs: LINGER_MS,
      areIndependent: true,
      run: async (batch) => {
        const startedAt = performance.now();
        const results = await retryTransient(() => records.record(batch), KEEP_TRYING_MS);
        metrics.commits.committed('outcomes', performance.now() - startedAt, batch.length);
        return results;
      },
    });
  }

  /** @param holdMs how long after the next attempt is due the caller goes on holding the delivery; 0: not at all */
  async record(
    { outcome, requestHeaders, deliveries }: Attempted,
    attempted: AttemptedDelivery,
    holdMs: number,
  ): Promise<RecordResult> {
    const { delivery, attempt, verdict } = attempted;
    const { deliveryId, webhookId, event, kind } = delivery;
    const result = await this.commits.add(
      {
        deliveryId,
        webhookId,
        kind,
        attempt,
        status: STATUS_AFTER[verdict.kind],
        retryInMs: delayOf(verdict),
        holdMs,
        requestHeaders,
        outcome,
        reply: replyIn({ event, kind, carried: deliveries.length, outcome }),
      },
      // A person waits for it, or the next delivery of its conversation.
      kind === 'test' || delivery.orderedConversationId !== null,
    );
    this.count(delivery, attempt, verdict, outcome);
    if (result.isRecorded) {
      const isHeld = result.health?.isPaused ?? false;
      this.live.publish(delivery.appId, {
        message: () => liveMessageOf(attempted, outcome, isHeld),
        brief: (): LiveBrief => ({ deliveryId, webhookId, isNew: attempt === 1 }),
        isNew: attempt === 1,
      });
    }
    if (result.health) this.alerts.requestEvaluation(webhookId);
    return result;
  }

  private count(
    { kind, deliveryId, recoveryId }: PendingDelivery,
    attempt: number,
    verdict: AttemptedDelivery['verdict'],
    { errorClass, durationMs, startedAt }: HttpOutcome,
  ): void {
    const { deliveries } = this.metrics;
    deliveries.attempted(OUTCOMES[verdict.kind], errorClass, durationMs);
    if (attempt === 1 && kind === 'event' && recoveryId === null) {
      deliveries.firstAttemptEnded(Math.max(0, startedAt.getTime() + durationMs - instantOfId(deliveryId)));
    }
  }
}

/** Until the next attempt; null: there is none. */
function delayOf(verdict: AttemptedDelivery['verdict']): number | null {
  if (verdict.kind === 'split') return 0;
  return verdict.kind === 'retry' ? verdict.delayMs : null;
}

/** @param isHeld the attempt found the breaker open, or opened it */
function liveMessageOf(
  { delivery, attempt, verdict }: AttemptedDelivery,
  outcome: HttpOutcome,
  isHeld: boolean,
): LiveMessage {
  const { deliveryId, callbackId, eventId, webhookId, event, kind, maxAttempts } = delivery;
  const { responseStatus, errorClass, durationMs, startedAt } = outcome;
  const endedAtMs = startedAt.getTime() + durationMs;
  const delayMs = delayOf(verdict);
  const status = verdict.kind === 'split' ? 'pending' : STATUS_AFTER[verdict.kind];
  const heldBy = isHeld && status === 'pending' ? 'breaker' : null;
  const data: LiveDelivery = {
    ...{ deliveryId, callbackId, eventId, webhookId, event, kind, maxAttempts },
    ...{ responseStatus, errorClass, durationMs },
    ...{ status, heldBy, phase: phaseOf({ status, heldBy, attempts: attempt }) },
    attempts: attempt,
    nextAttemptAt: delayMs === null ? null : new Date(endedAtMs + delayMs).toISOString(),
    createdAt: new Date(instantOfId(deliveryId)).toISOString(),
    ...{ decision: null, decidedBy: null },
    ...subjectOf(delivery, delivery.payload),
  };
  return { event: 'delivery', data };
}
