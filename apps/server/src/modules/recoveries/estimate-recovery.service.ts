/** Says what a recovery would send, before a person starts it. */
import { Inject, Injectable } from '@nestjs/common';
import type { RecoveryEstimate, recoverRequestSchema } from '@im/contracts/api/recoveries';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { lowestIdAt } from '../../platform/database/time-partitions.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { RecoveryEstimatesRepository } from './data/recovery-estimates.repository.js';
import { keptSinceMs } from './domain/kept-since.js';
import { recoveryRange } from './domain/recovery-range.js';

type Request = z.output<typeof recoverRequestSchema>;

@Injectable()
export class EstimateRecoveryService {
  constructor(
    private readonly estimates: RecoveryEstimatesRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  /** @throws DomainError `conflict` while the webhook is disabled, as starting it does */
  async estimate(webhook: WebhookConfig, request: Request): Promise<RecoveryEstimate> {
    const { appId, webhookId, isEnabled } = webhook;
    if (!isEnabled) throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    const nowMs = this.clock.nowMs();
    const { fromAt, toAt } = recoveryRange(request, nowMs);
    const { count, isFinal } = await this.estimates.count({
      recoveryId: uuidV7({ msecs: nowMs }),
      webhookId,
      appId,
      status: request.status,
      events: request.events ?? [],
      webhookEvents: webhook.events,
      cursorId: lowestIdAt(await this.scannedFromMs(appId, request, fromAt.getTime())),
      endId: lowestIdAt(toAt.getTime()),
    });
    const estimatedSeconds = Math.ceil(count / request.ratePerSecond);
    return { count, isCountFinal: isFinal, estimatedSeconds };
  }

  /** Beyond the retention of the log, a delivered event would look as if it had never been delivered. */
  private async scannedFromMs(appId: string, { status }: Request, fromMs: number): Promise<number> {
    if (status !== 'missing') return fromMs;
    const retention = await this.estimates.retentionOf(appId);
    return Math.max(fromMs, keptSinceMs(this.clock.nowMs(), retention, this.env));
  }
}
