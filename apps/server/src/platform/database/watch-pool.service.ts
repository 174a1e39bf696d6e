import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Metrics } from '../metrics/metrics.js';
import { poolOf } from './pool.js';

/** Reports how much of this process's connection pool is in use. */
@Injectable()
export class WatchPoolService implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const pool = poolOf(this.dataSource);
    const watch = this.metrics.watchNumber.bind(this.metrics);
    watch('im_callback_database_pool_limit', 'Connections this process may open', () => pool.options.max);
    watch(
      'im_callback_database_pool_connections',
      'Connections this process has open',
      () => pool.totalCount,
    );
    watch('im_callback_database_pool_idle', 'Connections that are idle now', () => pool.idleCount);
    watch('im_callback_database_pool_waiting', 'Callers that wait for a connection', () => pool.waitingCount);
  }
}
