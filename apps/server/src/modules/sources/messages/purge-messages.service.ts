/** Removes messages of bots that were sent or given up long ago. */
import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import { Clock } from '../../../platform/clock/clock.js';
import { SourceMessagesRepository } from './data/source-messages.repository.js';

const INTERVAL_MS = 3_600_000;
const KEPT_MS = 30 * 86_400_000;
const ROWS_PER_COMMIT = 1_000;

@Injectable()
export class PurgeMessagesService {
  constructor(
    private readonly messages: SourceMessagesRepository,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({
      failureEvent: 'source.messages_purge_failed',
      delayMs: INTERVAL_MS,
      run: (signal) => this.purge(signal),
    });
  }

  async purge(signal?: AbortSignal): Promise<void> {
    const before = new Date(this.clock.nowMs() - KEPT_MS);
    while (
      !signal?.aborted &&
      (await this.messages.removeEnded(before, ROWS_PER_COMMIT)) === ROWS_PER_COMMIT
    );
  }
}
