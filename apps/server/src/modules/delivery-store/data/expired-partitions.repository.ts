/** Drops partitions of days that are over their retention, at the same cost for any size. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { RETENTION_LOCK, tryLock } from '../../../platform/database/advisory-locks.js';
import { isLockTimeout } from '../../../platform/database/database-errors.js';
import {
  dayOfPartition,
  isDayBefore,
  lowestIdAt,
  type PartitionedTable,
} from '../../../platform/database/time-partitions.js';

/** Limits how long readers and writers may wait behind the drop; the next round tries again. */
const LOCK_TIMEOUT_MS = 500;

export interface Partition {
  table: PartitionedTable;
  name: string;
  /** When its day begins; null: the default partition. */
  dayMs: number | null;
}

export type DropResult = 'dropped' | 'busy' | 'needed';

@Injectable()
export class ExpiredPartitionsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async partitionsOf(tables: readonly PartitionedTable[]): Promise<Partition[]> {
    const rows = await this.dataSource.query<{ table: PartitionedTable; name: string }[]>(
      `SELECT parent.relname AS "table", child.relname AS name
       FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent JOIN pg_class child ON child.oid = inhrelid
       WHERE parent.relname = ANY($1) AND parent.relkind = 'p' ORDER BY child.relname`,
      [tables],
    );
    return rows.map((row) => ({ ...row, dayMs: dayOfPartition(row.name) }));
  }

  /**
   * @param cutoffMs everything before it is over its retention
   * @returns `needed` when a waiting delivery has its event there
   */
  async drop({ table, name, dayMs }: Partition, cutoffMs: number): Promise<DropResult> {
    if (dayMs === null || !isDayBefore(dayMs, cutoffMs)) return 'needed';
    try {
      return await this.dataSource.transaction(async (manager) => {
        if (!(await tryLock(manager, RETENTION_LOCK))) return 'busy';
        await manager.query(`SET LOCAL lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
        const holdsPayloads = table === 'events' || table === 'event_users';
        if (holdsPayloads && (await isAwaited(manager, dayMs))) return 'needed';
        // It is already gone when another process was first.
        await manager.query(`DROP TABLE IF EXISTS ${name}`);
        return 'dropped';
      });
    } catch (error) {
      if (isLockTimeout(error)) return 'busy';
      throw error;
    }
  }
}

async function isAwaited(manager: EntityManager, dayMs: number): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    'SELECT 1 FROM pending_deliveries WHERE event_id >= $1 AND event_id < $2 LIMIT 1',
    [lowestIdAt(dayMs), lowestIdAt(dayMs + 86_400_000)],
  );
  return rows.length > 0;
}
