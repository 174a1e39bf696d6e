/** Presents the statistics of before-callbacks, and counts them for alert rules. */
import { Injectable } from '@nestjs/common';
import type { BeforeStatistics, BeforeStatisticsQuery } from '@im/contracts/api/before-stats';
import { Clock } from '../../platform/clock/clock.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { BeforeCountsRepository, type PolicyShare } from './data/before-counts.repository.js';

const DEFAULT_SPAN_MS = 86_400_000;

@Injectable()
export class ReadBeforeCountsService {
  constructor(
    private readonly counts: BeforeCountsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` when the span is empty */
  async ofWebhook(webhookId: string, query: BeforeStatisticsQuery): Promise<BeforeStatistics> {
    const to = query.to === undefined ? this.clock.now() : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_SPAN_MS) : new Date(query.from);
    if (from >= to) {
      throw DomainError.invalid({ pointer: '?to', code: 'invalid_value', message: 'must be after "from"' });
    }
    const { latencyMsSum, latencyMsMax, ...counts } = await this.counts.sumUp(webhookId, from, to);
    const total = counts.allowed + counts.denied + counts.modified;
    const byPolicy = counts.byDeadline + counts.byBreaker + counts.byInvalidAnswer + counts.byError;
    return {
      ...{ from: from.toISOString(), to: to.toISOString(), total },
      ...counts,
      byReceiver: total - byPolicy,
      policyShare: total === 0 ? null : byPolicy / total,
      meanMs: total === 0 ? null : latencyMsSum / total,
      maxMs: latencyMsMax,
    };
  }

  /** See {@link BeforeCountsRepository.countByPolicy}. */
  countByPolicy(webhookIds: readonly string[] | null, since: Date): Promise<PolicyShare[]> {
    return this.counts.countByPolicy(webhookIds, since);
  }
}
