/** Reports the state of the whole service and of its dependencies at each scrape. */
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CheckDatabaseService } from '../../platform/database/check-database.service.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import type { ServiceState } from '../../platform/metrics/state-metrics.js';
import { RedisConnections } from '../../platform/queue/redis-connections.js';
import { ServiceStateRepository } from './data/service-state.repository.js';

/** Scrapes within this time share one read. */
const FRESH_FOR_MS = 5_000;

@Injectable()
export class WatchServiceService implements OnModuleInit {
  private reading: Promise<ServiceState> | null = null;
  private staleAt = 0;

  constructor(
    private readonly metrics: Metrics,
    private readonly states: ServiceStateRepository,
    private readonly database: CheckDatabaseService,
    private readonly redis: RedisConnections,
  ) {}

  onModuleInit(): void {
    this.metrics.watch(
      () => this.read(),
      (state) => {
        this.metrics.state.show(state);
      },
    );
    this.metrics.watchDependency('postgresql', async () => {
      await this.database.check();
      return true;
    });
    this.metrics.watchDependency('redis', () => Promise.resolve(this.redis.isReady));
  }

  /** Concurrent scrapes share one read. */
  private read(): Promise<ServiceState> {
    if (this.reading && performance.now() < this.staleAt) return this.reading;
    this.staleAt = Number.POSITIVE_INFINITY;
    const reading = this.states.read();
    this.reading = reading;
    const settle = (freshForMs: number) => () => {
      this.staleAt = performance.now() + freshForMs;
    };
    reading.then(settle(FRESH_FOR_MS), settle(0));
    return reading;
  }
}
