/** Folds counts every few seconds. Every process tries; one at a time does it. */
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Logger } from '../../platform/logging/logger.js';
import { FoldCountsRepository } from './data/fold-counts.repository.js';

/** Short, because whoever reads counts adds up what is not folded yet. */
const INTERVAL_MS = 2_000;
/** Attempts are watched by the minute for so long; no rule looks back further. */
const WINDOWS_MS = 2 * 3_600_000;

@Injectable()
export class FoldCountsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    private readonly counts: FoldCountsRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.schedule();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  async fold(): Promise<void> {
    const windowsSince = new Date(this.clock.nowMs() - WINDOWS_MS);
    await this.counts.fold(windowsSince);
    await this.counts.forgetWindows(windowsSince);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.fold()
        .catch((error: unknown) => {
          this.logger.error('counts.fold_failed', error);
        })
        .finally(() => {
          if (!this.isStopped) this.schedule();
        });
    }, INTERVAL_MS);
  }
}
