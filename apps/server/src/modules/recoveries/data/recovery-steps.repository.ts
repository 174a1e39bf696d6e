/** Claims recoveries for a worker and stores their steps. */
import { Injectable } from '@nestjs/common';
import type {
  RecoverableStatus,
  RecoveryReason,
  RecoveryState,
  RecoveryWait,
} from '@im/contracts/api/recoveries';
import { DataSource, type EntityManager } from 'typeorm';
import { lockOf, RECOVERY_LOCK } from '../../../platform/database/advisory-locks.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { transactionWithin } from '../../../platform/database/query-within.js';
import { TAKE_TALLIES } from '../../delivery-store/data/delivery-columns.js';
import type { SkipCounts } from '../domain/pick-candidates.js';
import { countCandidates } from './candidates.js';

/** A longer gap between two steps is not counted as running time: no worker had it. */
const MAX_STEP_MS = 5_000;

/** The lease of a recovery, for its next step. */
export interface RecoveryClaim {
  recoveryId: string;
  claimNumber: number;
}

/** The facts that decide a step, as of its transaction. */
export interface RecoveryToStep {
  recoveryId: string;
  webhookId: string;
  appId: string;
  status: RecoverableStatus;
  events: string[];
  state: RecoveryState;
  cursorId: string;
  endId: string;
  isScanned: boolean;
  isStarted: boolean;
  total: number | null;
  /** Of its deliveries. */
  pending: number;
  unattempted: number;
  ratePerSecond: number;
  unpacedMs: number;
  isAnotherScanning: boolean;
  isWebhookDeleted: boolean;
  isWebhookEnabled: boolean;
  isWebhookPaused: boolean;
  isBreakerOpen: boolean;
  webhookEvents: string[];
  maxAttempts: number;
  keepsOrder: boolean;
  eventsDays: number | null;
  logsDays: number | null;
}

/** The changes of a step; absent fields stay. */
export interface RecoveryMove {
  state?: RecoveryState;
  reason?: RecoveryReason | null;
  waitingFor?: RecoveryWait | null;
  cursorId?: string;
  isScanned?: boolean;
  scheduled?: number;
  skipped?: SkipCounts;
  /** By how much the instant moves until which the rate is used up. */
  pacedMs?: number;
  isSettled?: boolean;
  /** Until the next step. */
  nextInMs: number;
}

const CLAIM = new PreparedQuery<RecoveryClaim>(
  `WITH due AS (
     SELECT recovery_id FROM recoveries WHERE NOT is_settled AND claimable_at <= now()
     ORDER BY claimable_at LIMIT $2 FOR UPDATE SKIP LOCKED
   ), claimed AS (
     UPDATE recoveries r
     SET claimable_at = now() + $1::integer * interval '1 millisecond', claim_number = claim_number + 1
     FROM due WHERE r.recovery_id = due.recovery_id RETURNING r.recovery_id, r.claim_number
   ) SELECT recovery_id AS "recoveryId", claim_number AS "claimNumber" FROM claimed`,
);

/** Adds up outcomes recorded since the last step. */
const FOLD = new PreparedQuery(
  `WITH folded AS (
     ${TAKE_TALLIES}
   ), added AS (
     SELECT sum(succeeded) AS succeeded, sum(failed) AS failed, sum(canceled) AS canceled FROM folded
   )
   UPDATE recoveries r SET succeeded = r.succeeded + a.succeeded, failed = r.failed + a.failed,
     canceled = r.canceled + a.canceled
   FROM added a WHERE r.recovery_id = $1 AND a.succeeded IS NOT NULL`,
);

const LOCKED = new PreparedQuery<RecoveryToStep>(
  `SELECT r.recovery_id AS "recoveryId", r.webhook_id AS "webhookId", r.app_id AS "appId", status_filter AS status,
     r.events, state, cursor_id AS "cursorId", end_id AS "endId", is_scanned AS "isScanned",
     started_at IS NOT NULL AS "isStarted", total, scheduled - succeeded - failed - canceled AS pending,
     (SELECT count(*) FROM pending_deliveries p
      WHERE p.recovery_id = r.recovery_id AND attempts = 0 AND (conversation_id IS NULL OR NOT EXISTS (
        SELECT FROM pending_deliveries earlier
        WHERE earlier.webhook_id = p.webhook_id AND earlier.conversation_id = p.conversation_id
          AND earlier.recovery_id = p.recovery_id AND earlier.accepted_seq < p.accepted_seq))) AS unattempted,
     rate_per_second AS "ratePerSecond", (extract(epoch FROM now() - paced_at) * 1000)::float8 AS "unpacedMs",
     EXISTS (SELECT FROM recoveries e WHERE e.webhook_id = r.webhook_id AND e.state = 'running' AND NOT e.is_scanned
       AND e.recovery_id < r.recovery_id) AS "isAnotherScanning",
     w.deleted_at IS NOT NULL OR a.deleted_at IS NOT NULL AS "isWebhookDeleted", w.is_enabled AS "isWebhookEnabled",
     w.paused_since IS NOT NULL AS "isWebhookPaused", h.paused_at IS NOT NULL AS "isBreakerOpen", w.events AS "webhookEvents",
     (w.retry_policy->>'maxAttempts')::int AS "maxAttempts", w.ordering = 'conversation' AS "keepsOrder",
     a.retain_events_days AS "eventsDays", a.retain_logs_days AS "logsDays"
   FROM recoveries r JOIN webhook_configs w USING (webhook_id) JOIN webhook_health h USING (webhook_id)
     JOIN apps a ON a.app_id = r.app_id
   WHERE recovery_id = $1`,
);

const MOVE = new PreparedQuery(
  `UPDATE recoveries SET
     state = coalesce($2, state), reason = CASE WHEN $3 THEN $4 ELSE reason END,
     waiting_for = CASE WHEN $5 THEN $6 ELSE waiting_for END,
     cursor_id = coalesce($7::uuid, cursor_id), is_scanned = is_scanned OR $8::boolean,
     scheduled = scheduled + $9::int,
     already_delivered = already_delivered + $10::int, already_pending = already_pending + $11::int,
     already_repeated = already_repeated + $12::int, payload_expired = payload_expired + $13::int,
     -- What it found in the end is what there was, even where that changed since it was counted.
     total = CASE WHEN $8::boolean THEN scheduled + already_delivered + already_pending + already_repeated
       + payload_expired + $9::int + $10::int + $11::int + $12::int + $13::int ELSE total END,
     paced_at = paced_at + $14::float8 * interval '1 millisecond',
     is_settled = $15::boolean,
     worked_ms = worked_ms + CASE WHEN state <> 'running' THEN 0 ELSE
       least($16::int, greatest(0, extract(epoch FROM now() - stepped_at) * 1000)) END,
     stepped_at = now(), started_at = coalesce(started_at, now()),
     finished_at = coalesce(finished_at, CASE WHEN $2 IN ('completed', 'failed') THEN now() END),
     claimable_at = now() + $17::integer * interval '1 millisecond'
   WHERE recovery_id = $1`,
);

@Injectable()
export class RecoveryStepsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Claims recoveries whose next step is due; the lease of a worker that dies runs out. */
  claim(leaseMs: number, limit: number): Promise<RecoveryClaim[]> {
    return CLAIM.run(this.dataSource, [leaseMs, limit]);
  }

  /**
   * Stores one step in one commit: its replays and the progress of the recovery. Steps of recoveries of the same
   * webhook are serialised, so that each sees what the other has scheduled.
   *
   * @returns the recovery as the step found it; undefined: another worker has claimed it since
   */
  inStep(
    { recoveryId, claimNumber }: RecoveryClaim,
    step: (manager: EntityManager, recovery: RecoveryToStep) => Promise<RecoveryMove>,
  ): Promise<RecoveryToStep | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const [own] = await manager.query<{ webhookId: string }[]>(
        `SELECT webhook_id AS "webhookId" FROM recoveries WHERE recovery_id = $1 AND claim_number = $2 FOR UPDATE`,
        [recoveryId, claimNumber],
      );
      if (!own) return undefined;
      await lockOf(manager, RECOVERY_LOCK, own.webhookId);
      await FOLD.run(manager, [recoveryId]);
      const [recovery] = await LOCKED.run(manager, [recoveryId]);
      if (recovery) await move(manager, recoveryId, await step(manager, recovery));
      return recovery;
    });
  }

  /** Counts candidates, outside of a step since it may be slow; gives up after a time limit. */
  async count(recovery: RecoveryToStep, longestMs: number): Promise<void> {
    const total = await transactionWithin(this.dataSource, longestMs, (manager) =>
      countCandidates(manager, recovery),
    );
    if (total === undefined || total === null) return;
    await this.dataSource.query(
      'UPDATE recoveries SET total = $2 WHERE recovery_id = $1 AND NOT is_scanned',
      [recovery.recoveryId, total],
    );
  }
}

async function move(manager: EntityManager, recoveryId: string, to: RecoveryMove): Promise<void> {
  const { skipped } = to;
  await MOVE.run(manager, [
    recoveryId,
    to.state ?? null,
    to.reason !== undefined,
    to.reason ?? null,
    to.waitingFor !== undefined,
    to.waitingFor ?? null,
    to.cursorId ?? null,
    to.isScanned ?? false,
    to.scheduled ?? 0,
    skipped?.alreadyDelivered ?? 0,
    skipped?.alreadyPending ?? 0,
    skipped?.alreadyRepeated ?? 0,
    skipped?.payloadExpired ?? 0,
    to.pacedMs ?? 0,
    to.isSettled ?? false,
    MAX_STEP_MS,
    to.nextInMs,
  ]);
}
