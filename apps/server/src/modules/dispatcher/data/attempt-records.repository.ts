/** Records finished attempts: rows, counters and health of a whole batch in one commit. */
import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import { DataSource, type EntityManager } from 'typeorm';
import { ENV, type Env } from '../../../config/env.js';
import { Clock } from '../../../platform/clock/clock.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { countAttempts } from '../../delivery-store/data/count-sql.js';
import { summarizeOutcomes, type RecordedAttempt } from '../../webhook-configs/health/domain/summarize-outcomes.js';
import { applyToHealth, type HealthChange } from '../../webhook-configs/health/data/apply-to-health.js';
import {
  ATTEMPTS_INPUT,
  attemptColumnsOf,
  endedWhen,
  evidenceOf,
  loggedOf,
  SETTLED,
} from '../../delivery-store/data/attempt-columns.js';
import type { AttemptRecord } from '../../delivery-store/data/attempt-record.js';
import { recordAfterCancellation } from '../../delivery-store/data/record-after-cancellation.js';
import { recordSuccesses } from '../../delivery-store/data/record-successes.js';

const DAY_MS = 86_400_000;

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
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'WEBHOOK_AUTO_DISABLE_DAYS'>,
  ) {}

  /** Most batches are successes of healthy webhooks: those need one statement only. */
  async record(records: AttemptRecord[]): Promise<RecordResult[]> {
    if (records.some(({ status }) => status !== 'success')) return this.recordAll(records);
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
      const recorded = await writeAttempts(manager, records);
      const unmatched = records.filter(({ deliveryId }) => !recorded.has(deliveryId));
      const late =
        unmatched.length > 0
          ? await recordAfterCancellation(manager, unmatched)
          : new Map<string, DeliveryStatus>();
      const summaries = summarizeOutcomes(
        records.flatMap((record): RecordedAttempt[] => {
          const { deliveryId } = record;
          // A batch that is split says nothing of the receiver's health: the events that stand alone do.
          if (record.status === 'split') return [];
          if (recorded.has(deliveryId)) return [recordedAttemptOf(record, record.status)];
          const status = late.get(deliveryId);
          return status === undefined ? [] : [recordedAttemptOf(record, status)];
        }),
      );
      const now = this.clock.now();
      const disableAfterMs = this.env.WEBHOOK_AUTO_DISABLE_DAYS * DAY_MS;
      const changes = await applyToHealth(manager, summaries, { now, disableAfterMs });
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

/**
 * The attempt number guards the row: of two workers with the same delivery the second finds it moved on or gone.
 *
 * @returns the deliveries whose attempt was recorded
 */
async function writeAttempts(manager: EntityManager, records: AttemptRecord[]): Promise<Set<string>> {
  const rows = await RECORD.run(manager, [
    ...attemptColumnsOf(records),
    records.map(({ outcome }) => evidenceOf(outcome)),
  ]);
  return new Set(rows.map((row) => row.id));
}

const RECORD = new PreparedQuery<{ id: string }>(
  `WITH ${ATTEMPTS_INPUT}, ${endedWhen()}, retried AS (
       UPDATE pending_deliveries p SET attempts = i.attempt,
         max_attempts = p.max_attempts + (i.status = 'split')::integer, splits = p.splits + (i.status = 'split')::integer,
         next_attempt_at = now() + i.retry_in_ms * interval '1 millisecond',
         claimable_at = now() + (i.retry_in_ms + i.hold_ms) * interval '1 millisecond',
         response_status = i.response_status, error_class = i.error_class, duration_ms = i.duration_ms,
         passes_holds = false
       FROM input i
       WHERE p.delivery_id = i.delivery_id AND p.attempts = i.attempt - 1 AND i.status IN ('pending', 'split')
       RETURNING p.delivery_id, webhook_id, event, kind, i.status, i.started_at, i.duration_ms
     ), recorded AS (
       SELECT delivery_id, webhook_id, event, kind, status, started_at, duration_ms FROM ended
       UNION ALL
       SELECT delivery_id, webhook_id, event, kind, status, started_at, duration_ms FROM retried
     ), ${SETTLED}, ${loggedOf('recorded', { mayFail: true })},
     counted AS (${countAttempts(`recorded WHERE status <> 'split'`)})
   SELECT delivery_id AS id FROM recorded`,
);
