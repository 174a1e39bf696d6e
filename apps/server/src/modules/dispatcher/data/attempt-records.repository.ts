/** Records finished attempts: rows, counters and health of a whole batch in one commit. */
import { Injectable } from '@nestjs/common';
import type { DeliveryKind, DeliveryStatus } from '@im/contracts/api/deliveries';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../../../platform/clock/clock.js';
import type { HttpOutcome } from '../../../platform/http/http-outcome.js';
import { countInto } from '../../webhook-configs/data/webhook-stats.repository.js';
import { summarizeOutcomes, type RecordedAttempt } from '../domain/summarize-outcomes.js';
import { applyToHealth } from './apply-to-health.js';
import { bounds } from './delivery-work.repository.js';

/** An attempt and what it makes of its delivery. */
export interface AttemptRecord {
  deliveryId: string;
  webhookId: string;
  kind: DeliveryKind;
  attempt: number;
  status: Extract<DeliveryStatus, 'pending' | 'success' | 'failed'>;
  nextAttemptAt: Date | null;
  requestHeaders: Record<string, string>;
  outcome: HttpOutcome;
}

interface UpdatedRow {
  deliveryId: string;
  status: DeliveryStatus;
  wasCanceled: boolean;
}

export interface RecordResult {
  /** False: another worker recorded this attempt first, and this one changed nothing. */
  isRecorded: boolean;
  /** The webhook's health changed, so its alerts are due for another look. */
  isHealthChanged: boolean;
}

@Injectable()
export class AttemptRecordsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  record(records: AttemptRecord[]): Promise<RecordResult[]> {
    return this.dataSource.transaction(async (manager) => {
      const updated = await writeAttempts(manager, records, this.clock.now());
      const recorded = records.flatMap((record): RecordedAttempt[] => {
        const row = updated.get(record.deliveryId);
        return row === undefined ? [] : [recordedAttemptOf(record, row)];
      });
      const summaries = summarizeOutcomes(recorded);
      await countInto(manager, this.clock.now(), summaries);
      const changed = await applyToHealth(manager, summaries, this.clock.now());
      return records.map(({ deliveryId, webhookId }) => ({
        isRecorded: updated.has(deliveryId),
        isHealthChanged: changed.has(webhookId),
      }));
    });
  }
}

function recordedAttemptOf(record: AttemptRecord, { status, wasCanceled }: UpdatedRow): RecordedAttempt {
  const { webhookId, deliveryId, kind, outcome } = record;
  const { errorClass, responseStatus, startedAt } = outcome;
  return { webhookId, deliveryId, kind, status, wasCanceled, errorClass, responseStatus, startedAt };
}

/**
 * The attempt number guards the row: of two workers with the same job the second finds it moved on. A delivery that
 * was canceled while its attempt was under way keeps that state, unless the receiver took it after all.
 */
async function writeAttempts(
  manager: EntityManager,
  records: AttemptRecord[],
  now: Date,
): Promise<Map<string, UpdatedRow>> {
  const [lowest, highest] = bounds(records.map((record) => record.deliveryId));
  const { outcomes, columns } = columnsOf(records);
  const rows = await manager.query<UpdatedRow[]>(
    `WITH input AS (
       SELECT * FROM unnest($1::uuid[], $2::smallint[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::real[],
         $7::real[], $8::real[], $9::real[], $10::real[], $11::text[], $12::text[], $13::smallint[], $14::text[],
         $15::text[], $16::boolean[], $17::text[], $18::text[])
       AS t(delivery_id, attempt, status, next_attempt_at, started_at, duration_ms, dns_ms, connect_ms, tls_ms,
         first_byte_ms, remote_address, request_headers, response_status, response_headers, response_body,
         is_response_truncated, error_class, error_message)
     ), updated AS (
       UPDATE deliveries d SET
         attempts = i.attempt,
         status = CASE WHEN d.status = 'canceled' AND i.status <> 'success' THEN 'canceled' ELSE i.status END,
         next_attempt_at = CASE WHEN d.status = 'pending' THEN i.next_attempt_at END,
         response_status = i.response_status, error_class = i.error_class, duration_ms = i.duration_ms,
         completed_at = CASE WHEN d.status = 'canceled' THEN d.completed_at WHEN i.status <> 'pending' THEN $19::timestamptz END
       FROM input i
       WHERE d.delivery_id = i.delivery_id AND d.delivery_id >= $20 AND d.delivery_id <= $21
         AND d.attempts = i.attempt - 1 AND d.status IN ('pending', 'canceled')
       RETURNING d.delivery_id, d.status, d.completed_at
     ), logged AS (
       INSERT INTO attempts (delivery_id, attempt, started_at, duration_ms, dns_ms, connect_ms, tls_ms, first_byte_ms,
         remote_address, request_headers, response_status, response_headers, response_body, is_response_truncated,
         error_class, error_message)
       SELECT delivery_id, i.attempt, i.started_at, i.duration_ms, i.dns_ms, i.connect_ms, i.tls_ms, i.first_byte_ms,
         i.remote_address, i.request_headers, i.response_status, i.response_headers, i.response_body,
         i.is_response_truncated, i.error_class, i.error_message
       FROM input i JOIN updated USING (delivery_id)
     )
     -- A canceled delivery keeps the time of its end; every other one ends now.
     SELECT delivery_id AS "deliveryId", status, coalesce(completed_at <> $19::timestamptz, false) AS "wasCanceled"
     FROM updated`,
    [...columns, ...outcomes, now.toISOString(), lowest, highest],
  );
  return new Map(rows.map((row) => [row.deliveryId, row]));
}

function columnsOf(records: AttemptRecord[]): { columns: unknown[]; outcomes: unknown[] } {
  const column = <T>(read: (outcome: HttpOutcome) => T): T[] => records.map((record) => read(record.outcome));
  return {
    columns: [
      records.map((record) => record.deliveryId),
      records.map((record) => record.attempt),
      records.map((record) => record.status),
      records.map((record) => record.nextAttemptAt?.toISOString() ?? null),
    ],
    outcomes: [
      column((outcome) => outcome.startedAt.toISOString()),
      column((outcome) => outcome.durationMs),
      column((outcome) => outcome.phases.dnsMs),
      column((outcome) => outcome.phases.connectMs),
      column((outcome) => outcome.phases.tlsMs),
      column((outcome) => outcome.phases.firstByteMs),
      column((outcome) => outcome.remoteAddress),
      records.map((record) => JSON.stringify(record.requestHeaders)),
      column((outcome) => outcome.responseStatus),
      column((outcome) => outcome.responseHeaders && JSON.stringify(outcome.responseHeaders)),
      column((outcome) => outcome.responseBody),
      column((outcome) => outcome.isResponseTruncated),
      column((outcome) => outcome.errorClass),
      column((outcome) => outcome.errorMessage),
    ],
  };
}
