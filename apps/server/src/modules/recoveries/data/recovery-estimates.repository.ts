/** Counts what a recovery would replay, without replaying it. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { transactionWithin } from '../../../platform/database/query-within.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { ConcurrencyLimiter } from '../../../platform/limits/concurrency-limiter.js';
import { pickCandidates } from '../domain/pick-candidates.js';
import { scanCandidates, type Scan, type Scanned } from './candidates.js';

/** After these, with the wait for its turn, counting ends; what is found by then says enough. */
const MAX_MS = 4_000;
const MAX_COUNT = 100_000;
const RETRY_SECONDS = 5;

/** They read as much as a slow search does. Of each tenant one runs, so that none takes the turns of the others. */
const LIMITS = {
  maxConcurrent: 2,
  maxConcurrentPerKey: 1,
  maxWaiting: 20,
  maxWaitingPerKey: 3,
  maxWaitMs: MAX_MS / 2,
};

export interface ReplayCount {
  count: number;
  /** False: there are more. */
  isFinal: boolean;
}

@Injectable()
export class RecoveryEstimatesRepository {
  private readonly limiter = new ConcurrencyLimiter(LIMITS, tooManyAtOnce);

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Each callback once, as a recovery sends it.
   *
   * @throws DomainError `too_many_requests` when its turn does not come soon
   */
  count(tenantId: string, scan: Scan): Promise<ReplayCount> {
    const endsAt = performance.now() + MAX_MS;
    return this.limiter.run(tenantId, () => this.countWithin(scan, endsAt));
  }

  private async countWithin(scan: Scan, endsAt: number): Promise<ReplayCount> {
    const events = new Set<string>();
    let next: string | null = scan.cursorId;
    while (next !== null && events.size < MAX_COUNT && performance.now() < endsAt) {
      const from: Scan = { ...scan, cursorId: next };
      const page: Scanned | undefined = await transactionWithin(
        this.dataSource,
        endsAt - performance.now(),
        (manager) => scanCandidates(manager, from),
      );
      if (page === undefined) break;
      for (const { eventId } of pickCandidates(page.candidates, page.candidates.length).replays) {
        events.add(eventId);
      }
      next = page.nextId;
    }
    return { count: events.size, isFinal: next === null };
  }
}

function tooManyAtOnce(): DomainError {
  return new DomainError(
    'too_many_requests',
    'Too many recoveries are estimated at once; try again in a moment',
    { retryAfterSeconds: RETRY_SECONDS },
  );
}
