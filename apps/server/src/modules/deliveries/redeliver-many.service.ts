/** Redelivers many deliveries at once, bounded by their number; more are the work of a recovery. */
import { Injectable } from '@nestjs/common';
import type { Redelivered, redeliverManyRequestSchema } from '@im/contracts/api/deliveries';
import { MAX_REDELIVERED_BY_FILTER } from '@im/contracts/api/delivery-constants';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { RedeliverableRepository, type RedeliverableRow } from './data/redeliverable.repository.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';

type Request = z.output<typeof redeliverManyRequestSchema>;

@Injectable()
export class RedeliverManyService {
  constructor(
    private readonly search: SearchDeliveriesService,
    private readonly redeliverable: RedeliverableRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * All in one commit. A person who names deliveries wants exactly those; what matches a filter may have arrived since.
   *
   * @param record writes what was done, in the same commit
   * @throws DomainError `search_too_broad` when more match than are delivered again at once; none is then
   */
  async redeliver(
    app: AppRef,
    { deliveryIds, filter }: Request,
    record: (redelivered: Redelivered, transaction: Transaction) => Promise<void>,
  ): Promise<Redelivered> {
    const { appId, webhookIds = null } = app;
    const wanted = deliveryIds ? [...new Set(deliveryIds)] : await this.matching(app, filter ?? {});
    const createdAt = this.clock.now();
    const answerOf = (accepted: number) => ({ accepted, skipped: wanted.length - accepted });
    const accepted = await this.redeliverable.redeliver(
      { appId, webhookIds, deliveryIds: wanted, skipsArrived: deliveryIds === undefined },
      (row) => redeliveryOf(row, appId, createdAt),
      (inserted, transaction) => record(answerOf(inserted), transaction),
    );
    return answerOf(accepted);
  }

  /** Of what is not well only what failed: the rest goes out by itself, and does not count. */
  private async matching(app: AppRef, filter: NonNullable<Request['filter']>): Promise<string[]> {
    const { webhookId, ...filters } = filter;
    const { data, page } = await this.search.ids(app, {
      ...(filters.phase === 'problem' && { status: 'failed' as const }),
      ...filters,
      ...(webhookId !== undefined && { webhookId }),
      order: 'asc',
      limit: MAX_REDELIVERED_BY_FILTER,
    });
    if (page.nextCursor === null) return data;
    throw new DomainError(
      'search_too_broad',
      `More than ${String(MAX_REDELIVERED_BY_FILTER)} deliveries match; narrow the filter, or start a recovery`,
    );
  }
}

/** Unlike a single redelivery, they wait while their webhook is paused or its breaker is open. */
function redeliveryOf(row: RedeliverableRow, appId: string, createdAt: Date): PlannedDelivery {
  const { deliveryId, originalDeliveryId, policyMaxAttempts, ...rest } = row;
  return {
    ...rest,
    deliveryId: uuidV7(),
    appId,
    kind: 'redelivery',
    status: 'pending',
    maxAttempts: policyMaxAttempts,
    createdAt,
    isHeldBack: true,
    originalDeliveryId: originalDeliveryId ?? deliveryId,
  };
}
