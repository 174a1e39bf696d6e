import { Injectable } from '@nestjs/common';
import type { Alert } from '@im/contracts/api/alerts';
import type { LiveCounters } from '@im/contracts/api/live';
import { Clock } from '../../platform/clock/clock.js';
import { presentAlert } from '../alerts/present-alert.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { AttemptWindowsRepository } from '../insights/data/attempt-windows.repository.js';
import { LiveAlertsRepository } from './data/live-alerts.repository.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { RESOLVED_MS } from './domain/alert-steps.js';

const WINDOW_MS = 60_000;

/** How an app stands: what its page shows at the top. */
@Injectable()
export class LookNowService {
  constructor(
    private readonly liveAlerts: LiveAlertsRepository,
    private readonly counts: LiveCountersRepository,
    private readonly windows: AttemptWindowsRepository,
    private readonly clock: Clock,
  ) {}

  /** Each that is not resolved, and those resolved of late. */
  async alerts({ appId, appKey }: Pick<AppRef, 'appId' | 'appKey'>): Promise<Alert[]> {
    const since = new Date(this.clock.nowMs() - RESOLVED_MS);
    const rows = await this.liveAlerts.current(appId, since);
    return rows.map((row) => presentAlert(row, appKey));
  }

  async counters(appId: string): Promise<LiveCounters> {
    const { pending, warnings, criticals, webhookIds } = await this.counts.countsOf(appId);
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
