/** Counts what a recovery would replay, without replaying it. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isQueryCanceled } from '../../../platform/database/database-errors.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import type { AppRetention } from '../domain/kept-since.js';
import { pickCandidates } from '../domain/pick-candidates.js';
import { scanCandidates, type Scan } from './candidates.js';

/** After these counting ends; what is found by then says enough. */
const MAX_MS = 4_000;
const MAX_COUNT = 100_000;

export interface ReplayCount {
  count: number;
  /** False: there are more. */
  isFinal: boolean;
}

/** They read as much as a slow search does. */
const limiter = new ConcurrencyLimiter({ maxConcurrent: 2 });

@Injectable()
export class RecoveryEstimatesRepository {
  constructor(private readonly dataSource: DataSource) {}

  async retentionOf(appId: string): Promise<AppRetention> {
    const [row] = await this.dataSource.query<AppRetention[]>(
      'SELECT retain_events_days AS "eventsDays", retain_logs_days AS "logsDays" FROM apps WHERE app_id = $1',
      [appId],
    );
    return row ?? { eventsDays: null, logsDays: null };
  }

  /** Each callback once, as a recovery sends it. */
  count(scan: Scan): Promise<ReplayCount> {
    return limiter.run('', () => this.countWithin(scan, performance.now() + MAX_MS));
  }

  private async countWithin(scan: Scan, endsAt: number): Promise<ReplayCount> {
    const events = new Set<string>();
    let next: string | null = scan.cursorId;
    while (next !== null && events.size < MAX_COUNT && performance.now() < endsAt) {
      const page = await this.scanWithin({ ...scan, cursorId: next }, endsAt - performance.now());
      if (page === undefined) break;
      for (const { eventId } of pickCandidates(page.candidates, page.candidates.length).replays) {
        events.add(eventId);
      }
      next = page.nextId;
    }
    return { count: events.size, isFinal: next === null };
  }

  /** @returns undefined when it took too long */
  private async scanWithin(scan: Scan, limitMs: number) {
    try {
      return await this.dataSource.transaction(async (manager) => {
        // For this transaction only: behind a pooler the session is shared.
        await manager.query(`SET LOCAL statement_timeout = ${String(Math.max(1, Math.ceil(limitMs)))}`);
        return scanCandidates(manager, scan);
      });
    } catch (error) {
      if (isQueryCanceled(error)) return undefined;
      throw error;
    }
  }
}
