/** Keeps the daily partitions made ahead, so that no insert ever falls into the default partition. */
import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { Logger } from '../logging/logger.js';
import { dayPartitions } from './time-partitions.js';

const DAYS_BACK = 1;
const DAYS_AHEAD = 3;
const INTERVAL_MS = 3_600_000;
/** Arbitrary number that names this job among PostgreSQL's advisory locks. */
const LOCK_KEY = 4_010_001;

@Injectable()
export class MaintainPartitionsService implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.createAhead();
    this.timer = setInterval(() => {
      this.createAhead().catch((error: unknown) => {
        this.logger.error('partitions.failed', error);
      });
    }, INTERVAL_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async createAhead(): Promise<void> {
    const wanted = dayPartitions(this.clock.nowMs(), DAYS_BACK, DAYS_AHEAD);
    const rows = await this.dataSource.query<{ name: string }[]>(
      'SELECT relname AS name FROM pg_class WHERE relkind = $1 AND relname = ANY($2)',
      ['r', wanted.map((partition) => partition.name)],
    );
    const existing = new Set(rows.map((row) => row.name));
    const missing = wanted.filter((partition) => !existing.has(partition.name));
    if (missing.length === 0) return;
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [LOCK_KEY]);
      for (const { table, name, fromId, toId } of missing) {
        await manager.query(
          `CREATE TABLE IF NOT EXISTS ${name} PARTITION OF ${table} FOR VALUES FROM ('${fromId}') TO ('${toId}')`,
        );
      }
    });
    this.logger.info('partitions.created', { names: missing.map((partition) => partition.name) });
  }
}
