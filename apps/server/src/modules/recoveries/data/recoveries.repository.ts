/** Recoveries as people see and change them. What a worker does with them is in recovery-steps.repository.ts. */
import { Injectable } from '@nestjs/common';
import type {
  RecoverableStatus,
  RecoveryReason,
  RecoveryState,
  RecoveryWait,
} from '@im/contracts/api/recoveries';
import { DataSource } from 'typeorm';

export interface NewRecovery {
  recoveryId: string;
  webhookId: string;
  appId: string;
  status: RecoverableStatus;
  events: readonly string[];
  fromAt: Date;
  toAt: Date;
  cursorId: string;
  endId: string;
  ratePerSecond: number;
  createdBy: string;
  createdAt: Date;
}

export interface RecoveryRow {
  recoveryId: string;
  webhookId: string;
  status: RecoverableStatus;
  events: string[];
  fromAt: Date;
  toAt: Date;
  ratePerSecond: number;
  state: RecoveryState;
  reason: RecoveryReason | null;
  waitingFor: RecoveryWait | null;
  cursorId: string;
  isScanned: boolean;
  total: number | null;
  scheduled: number;
  succeeded: number;
  failed: number;
  canceled: number;
  alreadyDelivered: number;
  alreadyPending: number;
  alreadyRepeated: number;
  payloadExpired: number;
  workedMs: number;
  createdBy: string;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** How long the app keeps events and deliveries; null: as long as the service does. */
  eventsDays: number | null;
  logsDays: number | null;
}

/** What outcomes are not added up yet is added here, so that an answer is never behind. */
const SELECT = `
  SELECT r.recovery_id AS "recoveryId", r.webhook_id AS "webhookId", status_filter AS status, events,
    from_at AS "fromAt", to_at AS "toAt", rate_per_second AS "ratePerSecond", state, reason,
    waiting_for AS "waitingFor", cursor_id AS "cursorId", is_scanned AS "isScanned", total, scheduled,
    r.succeeded + t.succeeded AS succeeded, r.failed + t.failed AS failed, r.canceled + t.canceled AS canceled,
    already_delivered AS "alreadyDelivered", already_pending AS "alreadyPending",
    already_repeated AS "alreadyRepeated", payload_expired AS "payloadExpired", worked_ms AS "workedMs",
    created_by AS "createdBy", r.created_at AS "createdAt", started_at AS "startedAt", finished_at AS "finishedAt",
    a.retain_events_days AS "eventsDays", a.retain_logs_days AS "logsDays"
  FROM recoveries r JOIN apps a USING (app_id) CROSS JOIN LATERAL (
    SELECT coalesce(sum(succeeded), 0)::bigint AS succeeded, coalesce(sum(failed), 0)::bigint AS failed,
      coalesce(sum(canceled), 0)::bigint AS canceled
    FROM recovery_tallies WHERE recovery_id = r.recovery_id) t`;

const INSERT = `
  INSERT INTO recoveries (recovery_id, webhook_id, app_id, status_filter, events, from_at, to_at, cursor_id, end_id,
    rate_per_second, state, created_by, created_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'running', $11, $12
  WHERE (SELECT count(*) FROM recoveries WHERE webhook_id = $2 AND state IN ('running', 'paused')) < $13
  RETURNING recovery_id`;

/** Each change as its SQL; what does not fit the state it finds changes nothing. */
const CHANGES = {
  pause: `SET state = 'paused', reason = NULL, waiting_for = NULL, claimable_at = now()
          WHERE state = 'running'`,
  resume: `SET state = 'running', reason = NULL, claimable_at = now(), paced_at = now(), stepped_at = now()
           WHERE state = 'paused'`,
  cancel: `SET state = 'canceled', reason = NULL, waiting_for = NULL, claimable_at = now(), finished_at = now()
           WHERE state IN ('running', 'paused')`,
} as const;
export type RecoveryChange = keyof typeof CHANGES;

@Injectable()
export class RecoveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the webhook has so many unfinished ones already */
  async insert(recovery: NewRecovery, mostUnfinished: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(INSERT, [
      recovery.recoveryId,
      recovery.webhookId,
      recovery.appId,
      recovery.status,
      recovery.events,
      recovery.fromAt.toISOString(),
      recovery.toAt.toISOString(),
      recovery.cursorId,
      recovery.endId,
      recovery.ratePerSecond,
      recovery.createdBy,
      recovery.createdAt.toISOString(),
      mostUnfinished,
    ]);
    return rows.length > 0;
  }

  async find(webhookId: string, recoveryId: string): Promise<RecoveryRow | undefined> {
    const rows = await this.dataSource.query<RecoveryRow[]>(
      `${SELECT} WHERE r.webhook_id = $1 AND r.recovery_id = $2`,
      [webhookId, recoveryId],
    );
    return rows[0];
  }

  /** Newest first. @param before the last one of the page before */
  list(webhookId: string, before: string | null, limit: number): Promise<RecoveryRow[]> {
    return this.dataSource.query<RecoveryRow[]>(
      `${SELECT} WHERE r.webhook_id = $1 AND ($2::uuid IS NULL OR r.recovery_id < $2)
       ORDER BY r.recovery_id DESC LIMIT $3`,
      [webhookId, before, limit],
    );
  }

  /** @returns false when its state does not allow it */
  async change(recoveryId: string, change: RecoveryChange): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH changed AS (UPDATE recoveries ${CHANGES[change]} AND recovery_id = $1 RETURNING recovery_id)
       SELECT recovery_id FROM changed`,
      [recoveryId],
    );
    return rows.length > 0;
  }
}
