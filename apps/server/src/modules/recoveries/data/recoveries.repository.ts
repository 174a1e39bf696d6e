/** Reads and changes recoveries for people; recovery-steps.repository.ts does so for workers. */
import { Injectable } from '@nestjs/common';
import type { RecoveryState } from '@im/contracts/api/recoveries';
import { DataSource, In, type EntityManager, type QueryDeepPartialEntity } from 'typeorm';
import { RecoveryEntity } from './recovery.entity.js';

export type NewRecovery = Pick<
  RecoveryEntity,
  | 'recoveryId'
  | 'webhookId'
  | 'appId'
  | 'status'
  | 'events'
  | 'fromAt'
  | 'toAt'
  | 'cursorId'
  | 'endId'
  | 'ratePerSecond'
  | 'createdBy'
  | 'createdAt'
>;

type NotShown = 'appId' | 'endId' | 'pacedAt' | 'steppedAt' | 'claimableAt' | 'claimNumber' | 'isSettled';

export interface RecoveryRow extends Omit<RecoveryEntity, NotShown> {
  /** How long the app keeps events and deliveries; null: as long as the service does. */
  eventsDays: number | null;
  logsDays: number | null;
}

/** Outcomes that are not added up yet are added here, so that an answer is never behind. */
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

const NOW = () => 'now()';
/** Each change with the states that allow it. */
const CHANGES = {
  pause: {
    from: ['running'],
    to: { state: 'paused', reason: null, waitingFor: null, claimableAt: NOW },
  },
  resume: {
    from: ['paused'],
    to: { state: 'running', reason: null, claimableAt: NOW, pacedAt: NOW, steppedAt: NOW },
  },
  cancel: {
    from: ['running', 'paused'],
    to: { state: 'canceled', reason: null, waitingFor: null, claimableAt: NOW, finishedAt: NOW },
  },
} as const satisfies Record<string, { from: RecoveryState[]; to: QueryDeepPartialEntity<RecoveryEntity> }>;
export type RecoveryChange = keyof typeof CHANGES;

@Injectable()
export class RecoveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the webhook has reached its limit of unfinished ones */
  insert(recovery: NewRecovery, maxUnfinished: number): Promise<boolean> {
    const { webhookId } = recovery;
    return this.dataSource.transaction(async (manager) => {
      // One at a time for each webhook, so that the count holds.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `recoveries:${webhookId}`,
      ]);
      if ((await countUnfinished(manager, webhookId)) >= maxUnfinished) return false;
      await manager.insert(RecoveryEntity, { ...recovery, state: 'running' });
      return true;
    });
  }

  countUnfinished(webhookId: string): Promise<number> {
    return countUnfinished(this.dataSource.manager, webhookId);
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
    const { from, to } = CHANGES[change];
    const found = { recoveryId, state: In<RecoveryState>(from) };
    const { affected } = await this.dataSource.getRepository(RecoveryEntity).update(found, to);
    return affected === 1;
  }
}

function countUnfinished(manager: EntityManager, webhookId: string): Promise<number> {
  return manager.countBy(RecoveryEntity, { webhookId, state: In<RecoveryState>(['running', 'paused']) });
}
