/** Presents why deliveries of an app fail. */
import { Injectable } from '@nestjs/common';
import type { FailureCauses, FailureCausesQuery } from '@im/contracts/api/failure-causes';
import { Clock } from '../../platform/clock/clock.js';
import { FailureCausesRepository } from './data/failure-causes.repository.js';
import { rankCauses } from './domain/rank-causes.js';
import { emptySpan } from './resolve-buckets.js';

const DEFAULT_SPAN_MS = 86_400_000;

@Injectable()
export class ShowFailureCausesService {
  constructor(
    private readonly counts: FailureCausesRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` when the span is empty */
  async ofApp(appId: string, query: FailureCausesQuery): Promise<FailureCauses> {
    const to = query.to === undefined ? this.clock.now() : new Date(query.to);
    const from = query.from === undefined ? new Date(to.getTime() - DEFAULT_SPAN_MS) : new Date(query.from);
    if (from >= to) throw emptySpan(query);
    const { causes, isPartial } = await this.counts.count(appId, from, to);
    return { from: from.toISOString(), to: to.toISOString(), causes: rankCauses(causes), isPartial };
  }
}
