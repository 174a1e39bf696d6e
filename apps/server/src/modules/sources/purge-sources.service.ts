/** Removes counts and requests of sources that are shown no longer. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { SourceRequestsRepository } from './data/source-requests.repository.js';
import { SourcesRepository } from './data/sources.repository.js';

const INTERVAL_MS = 3_600_000;
/** A day is shown. */
const KEPT_MS = 90_000_000;

@Injectable()
export class PurgeSourcesService {
  constructor(
    private readonly requests: SourceRequestsRepository,
    private readonly sources: SourcesRepository,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({ failureEvent: 'source.purge_failed', delayMs: INTERVAL_MS, run: () => this.purge() });
  }

  async purge(): Promise<void> {
    await this.requests.removeCounts(new Date(this.clock.nowMs() - KEPT_MS));
    await this.sources.removeRequestsOfDeleted();
  }
}
