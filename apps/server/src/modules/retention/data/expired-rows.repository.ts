/** Rows over their retention that share a table with others: removed a few at a time, each batch a commit of its own. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RETENTION_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';
import { lowestIdAt, type PartitionedTable } from '../../../platform/database/time-partitions.js';
import type { Partition } from './expired-partitions.repository.js';

/** Small enough that a batch takes milliseconds and nobody waits for its locks. */
const ROWS_PER_BATCH = 2_000;

export interface AppRetention {
  appId: string;
  eventsDays: number | null;
  logsDays: number | null;
}

/** Tables with an age of their own, and their column for it. */
const AGED = {
  event_keys: 'created_at < $1',
  audit_entries: 'created_at < $1',
  delivery_counts: 'bucket_at < $1',
  recoveries: 'finished_at < $1 AND is_settled',
  notifications: `created_at < $1 AND status <> 'pending'`,
  alerts: `resolved_at < $1 AND status = 'resolved'`,
  // Those of one alert go with it; these are the summaries of quiet hours.
  alert_notices: `created_at < $1 AND kind = 'summary' AND handled_at IS NOT NULL`,
} as const;
export type AgedTable = keyof typeof AGED;

/** How rows of a partition, `t`, are told by age (before the id `$1`) and by app (`$2`). */
const PARTITIONED: Record<PartitionedTable, { age: string; ofApp: string; follow?: string }> = {
  events: {
    age: 'event_id < $1 AND NOT EXISTS (SELECT 1 FROM pending_deliveries p WHERE p.event_id = t.event_id)',
    ofApp: 'app_id = $2',
  },
  event_users: { age: 'event_id < $1', ofApp: 'app_id = $2' },
  deliveries: {
    age: 'delivery_id < $1',
    // The log is indexed by webhook.
    ofApp: 'webhook_id IN (SELECT webhook_id FROM webhook_configs WHERE app_id = $2)',
    follow: `, attempts_too AS (DELETE FROM attempts a USING removed r WHERE a.delivery_id = r.delivery_id)`,
  },
  attempts: {
    age: `delivery_id < $1 AND NOT EXISTS
      (SELECT 1 FROM pending_deliveries p WHERE p.delivery_id = t.delivery_id)`,
    ofApp: 'delivery_id IN (SELECT delivery_id FROM deliveries WHERE app_id = $2)',
  },
};

@Injectable()
export class ExpiredRowsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Apps that keep less than the service does. */
  apps(): Promise<AppRetention[]> {
    return this.dataSource.query<AppRetention[]>(
      `SELECT app_id AS "appId", retain_events_days AS "eventsDays", retain_logs_days AS "logsDays"
       FROM apps WHERE retain_events_days IS NOT NULL OR retain_logs_days IS NOT NULL`,
    );
  }

  removeAged(table: AgedTable, before: Date): Promise<number> {
    return this.inBatches(table, removalOf(table, AGED[table]), [before.toISOString()]);
  }

  /**
   * Removes what is older than an instant from one partition; an event that a waiting delivery needs stays.
   *
   * @param appId null: of every app
   */
  removeFrom({ table, name }: Partition, appId: string | null, beforeMs: number): Promise<number> {
    const { age, ofApp, follow } = PARTITIONED[table];
    const before = lowestIdAt(beforeMs);
    return appId === null
      ? this.inBatches(name, removalOf(name, age, follow), [before])
      : this.inBatches(name, removalOf(name, `${ofApp} AND ${age}`, follow), [before, appId]);
  }

  /** Outcomes of recoveries that are forgotten; they came after the end. */
  async removeTallies(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM recovery_tallies t WHERE NOT EXISTS (SELECT FROM recoveries r WHERE r.recovery_id = t.recovery_id)`,
    );
  }

  /** @returns how many rows went, until none was left or another process took over */
  private async inBatches(table: string, removal: string, parameters: unknown[]): Promise<number> {
    let removed = 0;
    for (;;) {
      const count = await this.dataSource.transaction(async (manager) => {
        if (!(await tryLock(manager, RETENTION_LOCK))) return 0;
        const [found] = await manager.query<{ exists: boolean }[]>(
          'SELECT to_regclass($1) IS NOT NULL AS exists',
          [table],
        );
        // Another process dropped the partition meanwhile.
        if (!found?.exists) return 0;
        const [row] = await manager.query<{ count: number }[]>(removal, parameters);
        return row?.count ?? 0;
      });
      removed += count;
      if (count < ROWS_PER_BATCH) return removed;
    }
  }
}

/** @param follow a CTE that removes what belongs to the `removed` */
function removalOf(table: string, condition: string, follow = ''): string {
  return `WITH removed AS (
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} t WHERE ${condition} LIMIT ${String(ROWS_PER_BATCH)})) RETURNING *
    ) ${follow} SELECT count(*) AS count FROM removed`;
}
