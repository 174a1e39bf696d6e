import { Injectable } from '@nestjs/common';
import type { Alert } from '@im/contracts/api/alerts';
import type { LiveCounters } from '@im/contracts/api/live';
import { Clock } from '../../platform/clock/clock.js';
import { presentAlert } from '../alerts/present-alert.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { dueBefore, successRatesOf } from '../delivery-store/domain/success-rates.js';
import { AttemptWindowsRepository } from '../statistics/data/attempt-windows.repository.js';
import { LiveAlertsRepository } from './data/live-alerts.repository.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { RESOLVED_MS } from './domain/alert-steps.js';

const WINDOW_MS = 60_000;
/** Whether deliveries arrive is looked at over an hour: in a minute none is due. */
const ARRIVALS_MS = 3_600_000;

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
    const now = this.clock.nowMs();
    const summaries =
      webhookIds.length > 0 ? await this.windows.summarise(webhookIds, new Date(now - WINDOW_MS)) : [];
    const since = new Date(now - ARRIVALS_MS);
    const { due, delivered } = await this.counts.arrivalsOf(webhookIds, since, dueBefore(now));
    const attempts = summaries.reduce((sum, each) => sum + each.attempts, 0);
    const failures = summaries.reduce((sum, each) => sum + each.failures, 0);
    const counted = { succeeded: attempts - failures, failed: failures, retried: 0, due, delivered };
    const { attemptSuccessRate, deliveredRate } = successRatesOf(counted);
    return {
      ...{ pending, attempts, failures, attemptSuccessRate, deliveredRate },
      // Of the slowest webhook: percentiles of several cannot be averaged.
      p95Ms: summaries.length > 0 ? Math.max(...summaries.map(({ p95Ms }) => p95Ms)) : null,
      openAlerts: { warning: warnings, critical: criticals },
    };
  }
}
