/** Records finished attempts: rows, counters and health of a whole batch in one commit. */
import { Inject, Injectable } from '@nestjs/common';
import type { DeliveryStatus } from '@im/contracts/api/deliveries';
import { DataSource, type EntityManager } from 'typeorm';
import { ENV, type Env } from '../../../config/env.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { HttpOutcome } from '../../../platform/http/http-outcome.js';
import { countInto } from '../../webhook-configs/data/webhook-stats.repository.js';
import { summarizeOutcomes, type RecordedAttempt } from '../domain/summarize-outcomes.js';
import { applyToHealth, type HealthChange } from './apply-to-health.js';
import type { AttemptRecord } from './attempt-record.js';
import { recordAfterCancellation } from './record-after-cancellation.js';

const DAY_MS = 86_400_000;

export interface RecordResult {
  /** False: another worker recorded this attempt first, and this one changed nothing. */
  isRecorded: boolean;
  /** What became of the webhook's health; null: nothing changed. */
  health: HealthChange | null;
}

@Injectable()
export class AttemptRecordsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'WEBHOOK_AUTO_DISABLE_DAYS'>,
  ) {}

  record(records: AttemptRecord[]): Promise<RecordResult[]> {
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
          if (recorded.has(deliveryId)) return [recordedAttemptOf(record, record.status, false)];
          const status = late.get(deliveryId);
          return status === undefined ? [] : [recordedAttemptOf(record, status, status === 'success')];
        }),
      );
      const now = this.clock.now();
      await countInto(manager, now, summaries);
      const disableAfterMs = this.env.WEBHOOK_AUTO_DISABLE_DAYS * DAY_MS;
      const changes = await applyToHealth(manager, summaries, { now, disableAfterMs });
      return records.map(({ deliveryId, webhookId }) => ({
        isRecorded: recorded.has(deliveryId) || late.has(deliveryId),
        health: changes.get(webhookId) ?? null,
      }));
    });
  }
}

function recordedAttemptOf(
  { webhookId, deliveryId, kind, outcome }: AttemptRecord,
  status: DeliveryStatus,
  wasCanceled: boolean,
): RecordedAttempt {
  const { errorClass, responseStatus, startedAt } = outcome;
  const request = outcome;
  return { request, webhookId, deliveryId, kind, status, wasCanceled, errorClass, responseStatus, startedAt };
}

/**
 * The attempt number guards the row: of two workers with the same delivery the second finds it moved on or gone.
 *
 * @returns the deliveries whose attempt was recorded
 */
async function writeAttempts(manager: EntityManager, records: AttemptRecord[]): Promise<Set<string>> {
  const rows = await manager.query<{ id: string }[]>(
    `WITH input AS (
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::integer[], $5::integer[], $6::timestamptz[], $7::real[],
         $8::real[], $9::real[], $10::real[], $11::real[], $12::text[], $13::text[], $14::smallint[], $15::text[],
         $16::text[], $17::boolean[], $18::text[], $19::text[])
       AS t(delivery_id, attempt, status, retry_in_ms, hold_ms, started_at, duration_ms, dns_ms, connect_ms, tls_ms,
         first_byte_ms, remote_address, request_headers, response_status, response_headers, response_body,
         is_response_truncated, error_class, error_message)
     ), ended AS (
       DELETE FROM pending_deliveries p USING input i
       WHERE p.delivery_id = i.delivery_id AND p.attempts = i.attempt - 1 AND i.status <> 'pending'
       RETURNING p.delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, i.status, i.attempt, max_attempts,
         i.response_status, i.error_class, i.duration_ms, created_at, original_delivery_id
     ), retried AS (
       UPDATE pending_deliveries p SET attempts = i.attempt,
         next_attempt_at = now() + i.retry_in_ms * interval '1 millisecond',
         claimable_at = now() + (i.retry_in_ms + i.hold_ms) * interval '1 millisecond',
         response_status = i.response_status, error_class = i.error_class, duration_ms = i.duration_ms
       FROM input i
       WHERE p.delivery_id = i.delivery_id AND p.attempts = i.attempt - 1 AND i.status = 'pending'
       RETURNING p.delivery_id
     ), recorded AS (
       SELECT delivery_id FROM ended UNION ALL SELECT delivery_id FROM retried
     ), settled AS (
       INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
         max_attempts, response_status, error_class, duration_ms, created_at, completed_at, original_delivery_id)
       SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempt, max_attempts,
         response_status, error_class, duration_ms, created_at, now(), original_delivery_id
       FROM ended
     ), logged AS (
       INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
         remote_address, request_headers, response_status, response_headers, response_body, is_response_truncated,
         error_class, error_message)
       SELECT delivery_id, i.attempt, i.started_at, i.duration_ms, i.dns_ms, i.connect_ms, i.tls_ms, i.first_byte_ms,
         i.remote_address, i.request_headers, i.response_status, i.response_headers, i.response_body,
         i.is_response_truncated, i.error_class, i.error_message
       FROM input i JOIN recorded USING (delivery_id)
     )
     SELECT delivery_id AS id FROM recorded`,
    columnsOf(records),
  );
  return new Set(rows.map((row) => row.id));
}

function columnsOf(records: AttemptRecord[]): unknown[] {
  const column = <T>(read: (outcome: HttpOutcome) => T): T[] => records.map((record) => read(record.outcome));
  return [
    records.map((record) => record.deliveryId),
    records.map((record) => record.attempt),
    records.map((record) => record.status),
    records.map((record) => record.retryInMs),
    records.map((record) => record.holdMs),
    column((outcome) => outcome.startedAt.toISOString()),
    column((outcome) => outcome.durationMs),
    column((outcome) => outcome.phases.dnsMs),
    column((outcome) => outcome.phases.connectMs),
    column((outcome) => outcome.phases.tlsMs),
    column((outcome) => outcome.phases.firstByteMs),
    column((outcome) => outcome.remoteAddress),
    records.map((record) => record.requestHeaders),
    column((outcome) => outcome.responseStatus),
    column((outcome) => outcome.responseHeaders && JSON.stringify(outcome.responseHeaders)),
    column((outcome) => outcome.responseBody),
    column((outcome) => outcome.isResponseTruncated),
    column((outcome) => outcome.errorClass),
    column((outcome) => outcome.errorMessage),
  ];
}
