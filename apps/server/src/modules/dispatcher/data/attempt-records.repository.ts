/** Records finished attempts: rows, counters and health of a whole batch in one commit. */
import { Injectable } from '@nestjs/common';
import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import type { AttemptRecord } from '../../delivery-store/data/attempt-record.js';
import { insertReplies } from '../../delivery-store/data/callback-replies.repository.js';
import { recordAfterCancellation } from '../../delivery-store/data/record-after-cancellation.js';
import { recordAttempts } from '../../delivery-store/data/record-attempts.js';
import { recordSuccesses } from '../../delivery-store/data/record-successes.js';
import type { HealthChange } from '../../webhook-configs/health/domain/breaker.js';
import type { RecordedAttempt } from '../../webhook-configs/health/domain/summarize-outcomes.js';
import { UpdateHealthService } from '../../webhook-configs/health/update-health.service.js';

export interface RecordResult {
  /** False: another worker recorded this attempt first, and this one changed nothing. */
  isRecorded: boolean;
  /** The delivery goes on waiting: this was not its last attempt, and it was not canceled meanwhile. */
  isPending: boolean;
  /** What became of the webhook's health; null: nothing changed. */
  health: HealthChange | null;
}

const NOT_RECORDED: RecordResult = { isRecorded: false, isPending: false, health: null };

@Injectable()
export class AttemptRecordsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly health: UpdateHealthService,
  ) {}

  /** Most batches are successes of healthy webhooks: those need one statement only. */
  async record(records: AttemptRecord[]): Promise<RecordResult[]> {
    // A reply is kept in the transaction that records its delivery.
    if (records.some(({ status, reply }) => status !== 'success' || reply)) return this.recordAll(records);
    const recorded = await recordSuccesses(this.dataSource, records);
    const late = records.filter(({ deliveryId }) => !recorded.has(deliveryId));
    const lateResults = late.length > 0 ? (await this.recordAll(late)).values() : [].values();
    return records.map(({ deliveryId }) =>
      recorded.has(deliveryId)
        ? { isRecorded: true, isPending: false, health: null }
        : (lateResults.next().value ?? NOT_RECORDED),
    );
  }

  private recordAll(records: AttemptRecord[]): Promise<RecordResult[]> {
    return this.dataSource.transaction(async (manager) => {
      const recorded = await recordAttempts(manager, records);
      const unmatched = records.filter(({ deliveryId }) => !recorded.has(deliveryId));
      const late =
        unmatched.length > 0
          ? await recordAfterCancellation(manager, unmatched)
          : new Map<string, DeliveryStatus>();
      await insertReplies(
        manager,
        records.flatMap(({ deliveryId, status, reply }) =>
          reply && status === 'success' && (recorded.has(deliveryId) || late.has(deliveryId))
            ? [{ deliveryId, ...reply }]
            : [],
        ),
      );
      const changes = await this.health.applyOutcomes(
        manager,
        records.flatMap((record): RecordedAttempt[] => {
          const { deliveryId } = record;
          // A batch that is split says nothing about the receiver's health: the events that are sent alone do.
          if (record.status === 'split') return [];
          if (recorded.has(deliveryId)) return [recordedAttemptOf(record, record.status)];
          const status = late.get(deliveryId);
          return status === undefined ? [] : [recordedAttemptOf(record, status)];
        }),
      );
      return records.map(({ deliveryId, webhookId, status }) => ({
        isRecorded: recorded.has(deliveryId) || late.has(deliveryId),
        isPending: recorded.has(deliveryId) && (status === 'pending' || status === 'split'),
        health: changes.get(webhookId) ?? null,
      }));
    });
  }
}

function recordedAttemptOf(
  { webhookId, deliveryId, kind, outcome }: AttemptRecord,
  status: DeliveryStatus,
): RecordedAttempt {
  const { errorClass, responseStatus, startedAt } = outcome;
  const request = outcome;
  return { request, webhookId, deliveryId, kind, status, errorClass, responseStatus, startedAt };
}
