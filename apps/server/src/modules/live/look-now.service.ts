import { Injectable } from '@nestjs/common';
import type { Alert } from '@im/contracts/api/alerts';
import type { LiveCounters } from '@im/contracts/api/live';
import { Clock } from '../../platform/clock/clock.js';
import { ListCurrentAlertsService } from '../alerts/list-current-alerts.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { dueBefore, successRatesOf } from '../delivery-store/domain/success-rates.js';
import { ReadAttemptWindowsService } from '../statistics/read-attempt-windows.service.js';
import { LiveCountersRepository } from './data/live-counters.repository.js';
import { RESOLVED_MS } from './domain/alert-steps.js';

const WINDOW_MS = 60_000;
/** The success rate covers an hour: of the last minute hardly anything is due. */
const ARRIVALS_MS = 3_600_000;

/** Reads the current counters and alerts of an app, as shown at the top of its page. */
@Injectable()
export class LookNowService {
  constructor(
    private readonly currentAlerts: ListCurrentAlertsService,
    private readonly counts: LiveCountersRepository,
    private readonly windows: ReadAttemptWindowsService,
    private readonly clock: Clock,
  ) {}

  /** Unresolved ones, and those resolved a moment ago. */
  alerts(app: Pick<AppRef, 'appId' | 'appKey'>): Promise<Alert[]> {
    return this.currentAlerts.list(app, new Date(this.clock.nowMs() - RESOLVED_MS));
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
