import { Injectable } from '@nestjs/common';
import type { recoverRequestSchema } from '@im/contracts/api/recoveries';
import { v7 as uuidV7 } from 'uuid';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { lowestIdAt } from '../../platform/database/time-partitions.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { WebhookConfig } from '../webhook-configs/webhook-config.js';
import { RecoveriesRepository } from './data/recoveries.repository.js';
import { recoveryRange } from './domain/recovery-range.js';
import { MAX_UNFINISHED, tooManyUnfinished } from './unfinished-limit.js';

@Injectable()
export class StartRecoveryService {
  constructor(
    private readonly recoveries: RecoveriesRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts a recovery.
   *
   * @returns the recovery's id
   * @throws DomainError `conflict` while the webhook is disabled or has too many recoveries that go on
   */
  async start(
    { appId, webhookId, isEnabled }: WebhookConfig,
    request: z.output<typeof recoverRequestSchema>,
    createdBy: string,
  ): Promise<string> {
    if (!isEnabled) throw new DomainError('conflict', 'The webhook is disabled; enable it first');
    const now = this.clock.now();
    const { fromAt, toAt } = recoveryRange(request, now.getTime());
    const recoveryId = uuidV7({ msecs: now.getTime() });
    const isStarted = await this.recoveries.insert(
      {
        recoveryId,
        webhookId,
        appId,
        status: request.status,
        events: [...new Set(request.events)],
        fromAt,
        toAt,
        cursorId: lowestIdAt(fromAt.getTime()),
        endId: lowestIdAt(toAt.getTime()),
        ratePerSecond: request.ratePerSecond,
        createdBy,
        createdAt: now,
      },
      MAX_UNFINISHED,
    );
    if (!isStarted) throw tooManyUnfinished();
    return recoveryId;
  }
}
