import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Logger } from '../../../platform/logging/logger.js';
import { LoginThrottlesRepository } from './data/login-throttles.repository.js';
import { SessionsRepository } from './data/sessions.repository.js';
import { THROTTLE_MEMORY_MS } from './domain/login-throttle.js';

const INTERVAL_MS = 3_600_000;

/** Removes what no longer counts: sessions that ended by themselves, and forgotten login throttles. */
@Injectable()
export class RemoveExpiredSessionsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly throttles: LoginThrottlesRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.removeExpired().catch((error: unknown) => this.logger.error('sessions.cleanup_failed', error));
    }, INTERVAL_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  async removeExpired(): Promise<void> {
    await this.sessions.removeExpired(this.clock.now());
    await this.throttles.removeUnchangedSince(new Date(this.clock.nowMs() - THROTTLE_MEMORY_MS));
  }
}
