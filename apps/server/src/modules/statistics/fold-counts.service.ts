/** Folds counts every few seconds. Every process tries; one at a time does it. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { FoldCountsRepository } from './data/fold-counts.repository.js';

/** Readers of counts add what is not folded yet; folding seldom merges more at once. */
const FOLD_AFTER_MS = 5_000;
const INTERVAL_MS = 2_500;
/** Attempts are watched by the minute for so long; no rule looks back further. */
const WINDOWS_MS = 2 * 3_600_000;
/** Deliveries are counted by five seconds of their creation for so long: well beyond the minute after which they are due. */
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
    await this.counts.forgetWindows(windowsSince);
    await this.counts.forgetRecent(recentSince);
  }

  /** However many processes there are, they fold together as often as one alone. */
  private async foldWhenDue(): Promise<void> {
    if (await this.counts.isDue(FOLD_AFTER_MS)) await this.fold();
  }
}
