/** Says what a recovery would send, before a person starts it. */
import { Inject, Injectable } from '@nestjs/common';
import type { RecoveryEstimate, recoverRequestSchema } from '@im/contracts/api/recoveries';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { lowestIdAt } from '../../platform/database/time-partitions.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { ReadAppService } from '../apps/read-app.service.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { RecoveriesRepository } from './data/recoveries.repository.js';
import { RecoveryEstimatesRepository } from './data/recovery-estimates.repository.js';
import { estimateSeconds } from './domain/estimate-seconds.js';
import { keptSinceMs } from './domain/kept-since.js';
import { recoveryRange } from './domain/recovery-range.js';
import { MAX_UNFINISHED, tooManyUnfinished } from './unfinished-limit.js';

type Request = z.output<typeof recoverRequestSchema>;

@Injectable()
export class EstimateRecoveryService {
  constructor(
    private readonly estimates: RecoveryEstimatesRepository,
    private readonly recoveries: RecoveriesRepository,
    private readonly apps: ReadAppService,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  /**
   * @throws DomainError `conflict` where starting it does; `too_many_requests` when too many are estimated at once
   */
  async estimate(app: AppRef, webhook: WebhookConfig, request: Request): Promise<RecoveryEstimate> {
    const { appId, webhookId, isEnabled } = webhook;
    if (!isEnabled) throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    if ((await this.recoveries.countUnfinished(webhookId)) >= MAX_UNFINISHED) throw tooManyUnfinished();
    const nowMs = this.clock.nowMs();
    const { fromAt, toAt } = recoveryRange(request, nowMs);
    const { count, isFinal } = await this.estimates.count(app.tenantId, {
      recoveryId: uuidV7({ msecs: nowMs }),
      webhookId,
      appId,
      status: request.status,
      events: request.events ?? [],
      webhookEvents: webhook.events,
      cursorId: lowestIdAt(await this.scannedFromMs(app, request, fromAt.getTime())),
      endId: lowestIdAt(toAt.getTime()),
    });
    const estimatedSeconds = estimateSeconds(count, request.ratePerSecond, webhook);
    return { count, isCountFinal: isFinal, estimatedSeconds };
  }

  /** Beyond the retention of the log, a delivered event would look as if it had never been delivered. */
  private async scannedFromMs(app: AppRef, { status }: Request, fromMs: number): Promise<number> {
    if (status !== 'missing') return fromMs;
    const { retainEventsDays: eventsDays, retainLogsDays: logsDays } = await this.apps.read(app);
    return Math.max(fromMs, keptSinceMs(this.clock.nowMs(), { eventsDays, logsDays }, this.env));
  }
}
