/** Makes daily partitions ahead, so that no insert falls into the default partition. */
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RepeatingTask } from '../background/repeating-task.js';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logging/logger.js';
import { PARTITIONS_LOCK } from './advisory-locks.js';
import { dayPartitions, type DayPartition } from './time-partitions.js';

const DAYS_BACK = 1;
const DAYS_AHEAD = 3;
const INTERVAL_MS = 600_000;
/** Limits how long readers of the log may wait behind this; the next round tries again. */
const LOCK_TIMEOUT_MS = 1_000;

@Injectable()
export class MaintainPartitionsService implements OnModuleInit, BeforeApplicationShutdown {
  private readonly task: RepeatingTask;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.task = new RepeatingTask(logger, {
      failureEvent: 'partitions.failed',
      delayMs: INTERVAL_MS,
      run: () => this.createAhead(),
    });
  }

  async onModuleInit(): Promise<void> {
    await this.createAhead();
    this.task.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.task.stop();
  }

  async createAhead(): Promise<void> {
    const wanted = dayPartitions(this.clock.nowMs(), DAYS_BACK, DAYS_AHEAD);
    const rows = await this.dataSource.query<{ name: string }[]>(
      'SELECT relname AS name FROM pg_class WHERE relkind = $1 AND relname = ANY($2)',
      ['r', wanted.map((partition) => partition.name)],
    );
    const existing = new Set(rows.map((row) => row.name));
    const created: string[] = [];
    for (const partition of wanted.filter(({ name }) => !existing.has(name))) {
      if (await this.create(partition)) created.push(partition.name);
    }
    if (created.length > 0) this.logger.info('partitions.created', { names: created });
  }

  /**
   * Makes the partition as a separate table and attaches it, which does not block readers and writers. Each has its own
   * transaction, so that locks are short.
   *
   * @returns false when another process was first
   */
  private create({ table, name, fromId, toId }: DayPartition): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      // No reader waits behind this lock, so another process may take its time on a busy machine.
      await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
      await manager.query(`SET LOCAL lock_timeout = ${String(LOCK_TIMEOUT_MS)}`);
      const [found] = await manager.query<{ exists: boolean }[]>(
        'SELECT to_regclass($1) IS NOT NULL AS exists',
        [name],
      );
      if (found?.exists) return false;
      await manager.query(`CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL)`);
      await manager.query(
        `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${fromId}') TO ('${toId}')`,
      );
      return true;
    });
  }
}
