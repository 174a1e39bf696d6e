import { Injectable } from '@nestjs/common';
import type { LiveCounters } from '@im/contracts/api/live';
import { Clock } from '../../platform/clock/clock.js';
import { AttemptWindowsRepository } from '../insights/data/attempt-windows.repository.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';

const WINDOW_MS = 60_000;

/** What an app's page shows at the top. */
@Injectable()
export class CountNowService {
  constructor(
    private readonly counters: LiveCountersRepository,
    private readonly windows: AttemptWindowsRepository,
    private readonly clock: Clock,
  ) {}

  async count(appId: string): Promise<LiveCounters> {
    const { pending, warnings, criticals, webhookIds } = await this.counters.countsOf(appId);
    const since = new Date(this.clock.nowMs() - WINDOW_MS);
    const summaries = webhookIds.length > 0 ? await this.windows.summarise(webhookIds, since) : [];
    return {
      pending,
      attempts: summaries.reduce((sum, { attempts }) => sum + attempts, 0),
      failures: summaries.reduce((sum, { failures }) => sum + failures, 0),
      // Of the slowest webhook: percentiles of several cannot be averaged.
      p95Ms: summaries.length > 0 ? Math.max(...summaries.map(({ p95Ms }) => p95Ms)) : null,
      openAlerts: { warning: warnings, critical: criticals },
    };
  }
}
