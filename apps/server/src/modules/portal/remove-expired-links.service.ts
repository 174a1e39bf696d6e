import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { PortalLinksRepository } from './data/portal-links.repository.js';

const INTERVAL_MS = 3_600_000;
/** So long the list still shows that a link has expired. */
const SHOWN_MS = 7 * 86_400_000;

/** Removes portal links some time after they expired. */
@Injectable()
export class RemoveExpiredLinksService {
  constructor(
    private readonly links: PortalLinksRepository,
    private readonly clock: Clock,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'portal_links.cleanup_failed',
      delayMs: INTERVAL_MS,
      run: () => this.removeExpired(),
    });
  }

  removeExpired(): Promise<void> {
    return this.links.removeExpired(new Date(this.clock.nowMs() - SHOWN_MS));
  }
}
