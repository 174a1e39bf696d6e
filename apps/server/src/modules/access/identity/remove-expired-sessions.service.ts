import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import { Clock } from '../../../platform/clock/clock.js';
import { LoginThrottlesRepository } from './data/login-throttles.repository.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { THROTTLE_MEMORY_MS } from './domain/login-throttle.js';

const INTERVAL_MS = 3_600_000;

/** Removes expired sessions and login throttles. */
@Injectable()
export class RemoveExpiredSessionsService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly throttles: LoginThrottlesRepository,
    private readonly clock: Clock,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'sessions.cleanup_failed',
      delayMs: INTERVAL_MS,
      run: () => this.removeExpired(),
    });
  }

  private async removeExpired(): Promise<void> {
    await this.sessions.removeExpired(this.clock.now());
    await this.throttles.removeUnchangedSince(new Date(this.clock.nowMs() - THROTTLE_MEMORY_MS));
  }
}
