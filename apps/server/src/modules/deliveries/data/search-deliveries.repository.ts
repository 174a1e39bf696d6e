/**
 * Reads pages of the delivery log. Each of the three queries below reads indexes in the order of the page and stops
 * after one page, without sorting more than a page of each. NULLS LAST is the order of those indexes, and not that of the primary key.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';
import {
  conditionsOf,
  eventOfCallback,
  lowestIdOf,
  Parameters,
  type DeliveryFilter,
} from '../../delivery-store/data/delivery-filter.js';
import { BEYOND, eventsOf, SORTED, type EventKeys } from '../../delivery-store/data/event-keys.js';
import { DELIVERY_COLUMNS, type DeliveryRow } from '../../delivery-store/data/delivery-log.repository.js';
import { searchPartsOf } from './problem-searches.js';

/** People do not wait longer, and other queries should not wait for such a search. */
const TIME_LIMIT_MS = 5_000;

/** The last row of the page before. */
export interface LogPosition {
  eventId: string;
  deliveryId: string;
}

/** Any of these values. */
export interface OneOf {
  column: 'event' | 'error_class';
  values: readonly string[];
}

@Injectable()
export class SearchDeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * By time of delivery: a page of each webhook, merged. The log is indexed by webhook, and an app has few.
   *
   * @param lastId the last id of the page before
   */
  byDelivery(
    filter: DeliveryFilter,
    limit: number,
    lastId: string | null,
    oneOf?: OneOf,
  ): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const ofApp = appCondition(filter, parameters);
    const { order } = filter;
    const all = ['d.webhook_id = w.webhook_id'];
    if (lastId !== null) all.push(`d.delivery_id ${BEYOND[order]} ${parameters.add(lastId)}`);
    // A page of each value too: of several values at once an index has no common order.
    const wanted = oneOf ? `CROSS JOIN unnest(${parameters.add(oneOf.values)}::text[]) AS wanted(value)` : '';
    if (oneOf) all.push(`d.${oneOf.column} = wanted.value`);
    const most = parameters.add(limit);
    const pages = searchPartsOf(filter).map((part) => {
      const conditions = [...all, ...conditionsOf(part.filter, parameters), ...part.conditions];
      return `(SELECT * FROM delivery_log d WHERE ${conditions.join(' AND ')}
         ORDER BY d.delivery_id ${SORTED[order]} LIMIT ${most})`;
    });
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM webhook_configs w ${wanted} CROSS JOIN LATERAL (
         ${pages.join(' UNION ALL ')}) d
       WHERE ${ofApp} ORDER BY d.delivery_id ${SORTED[order]} LIMIT ${most}`,
      parameters,
    );
  }

  /** By time of event, then by time of delivery; events are read by their own indexes. */
  byEvent(
    filter: DeliveryFilter,
    keys: EventKeys,
    limit: number,
    position: LogPosition | null,
  ): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const { order } = filter;
    const [sorted, beyond] = [SORTED[order], BEYOND[order]];
    const ofApp = appCondition(filter, parameters);
    const last = position && {
      eventId: parameters.add(position.eventId),
      deliveryId: parameters.add(position.deliveryId),
    };
    const bounds = [
      ...(last ? [`event_id ${beyond}= ${last.eventId}`] : []),
      ...(filter.to === undefined ? [] : [`event_id < ${parameters.add(lowestIdOf(filter.to))}`]),
    ];
    const events = eventsOf(filter.appId, keys, bounds, parameters, order);
    // No delivery is older than its event: earlier days are skipped.
    const conditions = [
      'd.event_id = e.event_id',
      'd.delivery_id > e.event_id',
      `d.app_id = ${parameters.add(filter.appId)}`,
      ...conditionsOf(filter, parameters),
    ];
    if (filter.webhookId !== undefined) conditions.push(`d.webhook_id = ${parameters.add(filter.webhookId)}`);
    if (filter.webhookIds)
      conditions.push(`d.webhook_id = ANY(${parameters.add(filter.webhookIds)}::uuid[])`);
    const after = last
      ? `WHERE (e.event_id, d.delivery_id) ${beyond} (${last.eventId}::uuid, ${last.deliveryId}::uuid)`
      : '';
    const most = parameters.add(limit);
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM (
         SELECT d.* FROM (${events}) e CROSS JOIN LATERAL (
           SELECT * FROM delivery_log d WHERE ${conditions.join(' AND ')}
           ORDER BY d.delivery_id ${sorted} LIMIT ${most}) d
         ${after} ORDER BY e.event_id ${sorted}, d.delivery_id ${sorted} LIMIT ${most}
       ) d JOIN webhook_configs w USING (webhook_id)
       WHERE ${ofApp} ORDER BY d.event_id ${order}, d.delivery_id ${order}`,
      parameters,
    );
  }

  /** The deliveries of an id of ours: one delivery, those of a callback or those of an event. */
  byOwnId(filter: DeliveryFilter, id: string, limit: number, lastId: string | null): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const { order } = filter;
    const conditions = [appCondition(filter, parameters), ...conditionsOf(filter, parameters)];
    if (lastId !== null) conditions.push(`d.delivery_id ${BEYOND[order]} ${parameters.add(lastId)}`);
    const given = parameters.add(id);
    const ofCallback = [`d.callback_id = ${given}`, ...eventOfCallback(id, parameters)].join(' AND ');
    const named = [`d.delivery_id = ${given}`, `d.event_id = ${given}`, ofCallback];
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM (
         ${named.map((condition) => `SELECT * FROM delivery_log d WHERE ${condition}`).join(' UNION ')}
       ) d JOIN webhook_configs w USING (webhook_id)
       WHERE ${conditions.join(' AND ')} ORDER BY d.delivery_id ${SORTED[order]} LIMIT ${parameters.add(limit)}`,
      parameters,
    );
  }

  /** @throws DomainError `search_too_broad` when it takes too long */
  private query(sql: string, parameters: Parameters): Promise<DeliveryRow[]> {
    return queryWithin(this.dataSource, TIME_LIMIT_MS, sql, parameters.values);
  }
}

function appCondition({ appId, webhookId, webhookIds }: DeliveryFilter, parameters: Parameters): string {
  const conditions = [`w.app_id = ${parameters.add(appId)}`];
  if (webhookId !== undefined) conditions.push(`w.webhook_id = ${parameters.add(webhookId)}`);
  if (webhookIds) conditions.push(`w.webhook_id = ANY(${parameters.add(webhookIds)}::uuid[])`);
  return conditions.join(' AND ');
}
