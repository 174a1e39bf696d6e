/** Folds counts every few seconds, in one process at a time. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { FoldCountsRepository } from './data/fold-counts.repository.js';

/** Readers of counts add what is not folded yet; folding seldom merges more at once. */
const FOLD_AFTER_MS = 5_000;
const INTERVAL_MS = 2_500;
/** How long attempts are kept by the minute; no rule looks back further. */
const WINDOWS_MS = 2 * 3_600_000;
/**
 * How long deliveries are counted by five seconds of their creation: well beyond the minute after which they are due.
 */
const RECENT_MS = 120_000;

@Injectable()
export class FoldCountsService {
  constructor(
    private readonly counts: FoldCountsRepository,
    private readonly clock: Clock,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'counts.fold_failed',
      delayMs: INTERVAL_MS,
      run: () => this.foldWhenDue(),
    });
  }

  async fold(): Promise<void> {
    const now = this.clock.nowMs();
    const windowsSince = new Date(now - WINDOWS_MS);
    const recentSince = new Date(now - RECENT_MS);
    await this.counts.fold(windowsSince, recentSince);
    await this.counts.removeWindows(windowsSince);
    await this.counts.removeRecent(recentSince);
  }

  /** All processes together fold as often as one alone. */
  private async foldWhenDue(): Promise<void> {
    if (await this.counts.isDue(FOLD_AFTER_MS)) await this.fold();
  }
}
