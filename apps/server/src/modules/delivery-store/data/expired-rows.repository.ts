/** Removes events, deliveries and attempts that are over their retention but share a partition with others. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RemoveRowsService } from '../../../platform/database/remove-rows.service.js';
import { lowestIdAt, type PartitionedTable } from '../../../platform/database/time-partitions.js';
import type { Partition } from './expired-partitions.repository.js';

/** How rows of a partition, `t`, are selected by age (before the id `$1`) and by app (`$2`). */
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
  constructor(
    private readonly dataSource: DataSource,
    private readonly rows: RemoveRowsService,
  ) {}

  /**
   * Removes what is older than an instant from one partition; an event that a waiting delivery needs stays.
   *
   * @param appId null: of every app
   * @returns how many rows were removed
   */
  removeFrom({ table, name }: Partition, appId: string | null, beforeMs: number): Promise<number> {
    const { age, ofApp, follow } = PARTITIONED[table];
    const before = lowestIdAt(beforeMs);
    return appId === null
      ? this.rows.remove({ table: name, condition: age, parameters: [before], follow })
      : this.rows.remove({
          table: name,
          condition: `${ofApp} AND ${age}`,
          parameters: [before, appId],
          follow,
        });
  }

  /** Idempotency keys. @returns how many were removed */
  removeKeys(before: Date): Promise<number> {
    return this.rows.remove({
      table: 'event_keys',
      condition: 'created_at < $1',
      parameters: [before.toISOString()],
    });
  }

  /** Counts of before-callbacks. @returns of how many minutes they were removed */
  removeBeforeCounts(before: Date): Promise<number> {
    return this.rows.remove({
      table: 'before_counts',
      condition: 'minute_at < $1',
      parameters: [before.toISOString()],
    });
  }

  /** Outcomes of recoveries that were removed; they came after the end. */
  async removeTallies(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM recovery_tallies t WHERE NOT EXISTS (SELECT FROM recoveries r WHERE r.recovery_id = t.recovery_id)`,
    );
  }
}
