/** Counts the deliveries of a webhook that fit a filter. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';
import { conditionsOf, Parameters, type DeliveryFilter } from '../../delivery-store/data/delivery-filter.js';

/** Counting more would take long, and no page lies behind them. */
const MAX_COUNTED = 100_000;
const TIME_LIMIT_MS = 5_000;

@Injectable()
export class CountDeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * @returns at most {@link MAX_COUNTED}
   * @throws DomainError `search_too_broad` when it takes too long
   */
  async count(webhookId: string, filter: DeliveryFilter): Promise<number> {
    const parameters = new Parameters();
    const conditions = [`d.webhook_id = ${parameters.add(webhookId)}`, ...conditionsOf(filter, parameters)];
    const rows = await queryWithin<{ count: number }>(
      this.dataSource,
      TIME_LIMIT_MS,
      `SELECT count(*)::int AS count FROM (
         SELECT 1 FROM delivery_log d WHERE ${conditions.join(' AND ')} LIMIT ${String(MAX_COUNTED)}) counted`,
      parameters.values,
    );
    return rows[0]?.count ?? 0;
  }
}
