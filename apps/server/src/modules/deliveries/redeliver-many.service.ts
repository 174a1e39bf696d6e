/** Redelivers many deliveries at once, bounded by their number; more are the work of a recovery. */
import { Injectable } from '@nestjs/common';
import type { Redelivered, redeliverManyRequestSchema } from '@im/contracts/api/deliveries';
import { MAX_REDELIVERED_BY_FILTER } from '@im/contracts/api/delivery-constants';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';
import { RedeliverableRepository, type RedeliverableRow } from './data/redeliverable.repository.js';
import { SearchDeliveriesService } from './search-deliveries.service.js';

type Request = z.output<typeof redeliverManyRequestSchema>;

/** Of one commit, so that none takes long. */
const ROWS_PER_COMMIT = 200;

@Injectable()
export class RedeliverManyService {
  constructor(
    private readonly search: SearchDeliveriesService,
    private readonly redeliverable: RedeliverableRepository,
    private readonly states: DeliveryStatesRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `search_too_broad` when more match than are delivered again at once; none is then */
  async redeliver(app: AppRef, { deliveryIds, filter }: Request): Promise<Redelivered> {
    const wanted = deliveryIds ? [...new Set(deliveryIds)] : await this.matching(app, filter ?? {});
    let accepted = 0;
    for (let start = 0; start < wanted.length; start += ROWS_PER_COMMIT) {
      accepted += await this.redeliverSome(app, wanted.slice(start, start + ROWS_PER_COMMIT));
    }
    return { accepted, skipped: wanted.length - accepted };
  }

  private async matching(app: AppRef, filter: NonNullable<Request['filter']>): Promise<string[]> {
    const { webhookId, ...filters } = filter;
    const { data, page } = await this.search.page(app, {
      ...filters,
      ...(webhookId !== undefined && { webhookId }),
      order: 'asc',
      limit: MAX_REDELIVERED_BY_FILTER,
    });
    if (page.nextCursor !== null) {
      throw new DomainError(
        'search_too_broad',
        `More than ${String(MAX_REDELIVERED_BY_FILTER)} deliveries match; narrow the filter, or start a recovery`,
      );
    }
    return data.map(({ deliveryId }) => deliveryId);
  }

  /** Those before are written already, so a callback of theirs waits and is left alone. */
  private async redeliverSome({ appId }: AppRef, deliveryIds: readonly string[]): Promise<number> {
    const rows = await this.redeliverable.among(appId, deliveryIds);
    const now = this.clock.now();
    await this.states.insertUnclaimed(rows.map((row) => redeliveryOf(row, appId, now)));
    return rows.length;
  }
}

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
    orderedConversationId: null,
    isHeldBack: false,
    originalDeliveryId: originalDeliveryId ?? deliveryId,
  };
}
