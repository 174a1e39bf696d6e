/**
 * Pages of the delivery log. Each of the three ways below ends after a page: it walks an index in the order of the page,
 * and never sorts what a filter leaves. NULLS LAST is the order of those indexes, and not that of the primary key.
 */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isQueryCanceled } from '../../../platform/database/database-errors.js';
import { DomainError } from '../../../platform/http/domain-error.js';
import {
  conditionsOf,
  eventOfCallback,
  lowestIdOf,
  Parameters,
  type DeliveryFilter,
} from './delivery-filter.js';
import { DELIVERY_COLUMNS, type DeliveryRow } from './delivery-log.repository.js';

/** Nobody looks at a screen for longer, and nothing else should wait for such a search. */
const TIME_LIMIT_MS = 5_000;

/** The last row of the page before. */
export interface LogPosition {
  eventId: string;
  deliveryId: string;
}

/** One of these values will do. */
export interface OneOf {
  column: 'event' | 'error_class';
  values: readonly string[];
}

/** What the events of the deliveries are found by. */
export interface EventKeys {
  eventId?: string | undefined;
  messageId?: string | undefined;
  conversationId?: string | undefined;
  userId?: string | undefined;
  /** A message, a conversation or a user. */
  anyId?: string | undefined;
}

@Injectable()
export class SearchDeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Newest delivery first: a page of each webhook, merged. The log is indexed by webhook alone, and an app has few.
   *
   * @param beforeId the last id of the page before
   */
  byDelivery(
    filter: DeliveryFilter,
    limit: number,
    beforeId: string | null,
    oneOf?: OneOf,
  ): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const ofApp = appCondition(filter, parameters);
    const conditions = ['d.webhook_id = w.webhook_id', ...conditionsOf(filter, parameters)];
    if (beforeId !== null) conditions.push(`d.delivery_id < ${parameters.add(beforeId)}`);
    // A page of each value too: of several values at once an index has no common order.
    const wanted = oneOf ? `CROSS JOIN unnest(${parameters.add(oneOf.values)}::text[]) AS wanted(value)` : '';
    if (oneOf) conditions.push(`d.${oneOf.column} = wanted.value`);
    const most = parameters.add(limit);
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM webhook_configs w ${wanted} CROSS JOIN LATERAL (
         SELECT * FROM delivery_log d WHERE ${conditions.join(' AND ')}
         ORDER BY d.delivery_id DESC NULLS LAST LIMIT ${most}) d
       WHERE ${ofApp} ORDER BY d.delivery_id DESC NULLS LAST LIMIT ${most}`,
      parameters,
    );
  }

  /** Newest event first, and of an event the newest delivery first; the events are walked in their own indexes. */
  byEvent(
    filter: DeliveryFilter,
    keys: EventKeys,
    limit: number,
    before: LogPosition | null,
  ): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const ofApp = appCondition(filter, parameters);
    const last = before && {
      eventId: parameters.add(before.eventId),
      deliveryId: parameters.add(before.deliveryId),
    };
    const bounds = [
      ...(last ? [`event_id <= ${last.eventId}`] : []),
      ...(filter.to === undefined ? [] : [`event_id < ${parameters.add(lowestIdOf(filter.to))}`]),
    ];
    const events = eventsOf(filter.appId, keys, bounds, parameters);
    // No delivery is older than its event: earlier days are skipped.
    const conditions = [
      'd.event_id = e.event_id',
      'd.delivery_id > e.event_id',
      `d.app_id = ${parameters.add(filter.appId)}`,
      ...conditionsOf(filter, parameters),
    ];
    if (filter.webhookId !== undefined) conditions.push(`d.webhook_id = ${parameters.add(filter.webhookId)}`);
    const after = last
      ? `WHERE (e.event_id, d.delivery_id) < (${last.eventId}::uuid, ${last.deliveryId}::uuid)`
      : '';
    const most = parameters.add(limit);
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM (
         SELECT d.* FROM (${events}) e CROSS JOIN LATERAL (
           SELECT * FROM delivery_log d WHERE ${conditions.join(' AND ')}
           ORDER BY d.delivery_id DESC NULLS LAST LIMIT ${most}) d
         ${after} ORDER BY e.event_id DESC NULLS LAST, d.delivery_id DESC NULLS LAST LIMIT ${most}
       ) d JOIN webhook_configs w USING (webhook_id)
       WHERE ${ofApp} ORDER BY d.event_id DESC, d.delivery_id DESC`,
      parameters,
    );
  }

  /** What an id of ours names: one delivery, the deliveries of a callback or those of an event; newest first. */
  byOwnId(
    filter: DeliveryFilter,
    id: string,
    limit: number,
    beforeId: string | null,
  ): Promise<DeliveryRow[]> {
    const parameters = new Parameters();
    const conditions = [appCondition(filter, parameters), ...conditionsOf(filter, parameters)];
    if (beforeId !== null) conditions.push(`d.delivery_id < ${parameters.add(beforeId)}`);
    const given = parameters.add(id);
    const ofCallback = [`d.callback_id = ${given}`, ...eventOfCallback(id, parameters)].join(' AND ');
    const named = [`d.delivery_id = ${given}`, `d.event_id = ${given}`, ofCallback];
    return this.query(
      `SELECT ${DELIVERY_COLUMNS} FROM (
         ${named.map((condition) => `SELECT * FROM delivery_log d WHERE ${condition}`).join(' UNION ')}
       ) d JOIN webhook_configs w USING (webhook_id)
       WHERE ${conditions.join(' AND ')} ORDER BY d.delivery_id DESC NULLS LAST LIMIT ${parameters.add(limit)}`,
      parameters,
    );
  }

  /** @throws DomainError `search_too_broad` when it takes too long */
  private async query(sql: string, parameters: Parameters): Promise<DeliveryRow[]> {
    try {
      // For this transaction alone: behind a pooler the session is somebody else's a moment later.
      return await this.dataSource.transaction(async (manager) => {
        await manager.query(`SET LOCAL statement_timeout = ${String(TIME_LIMIT_MS)}`);
        return manager.query<DeliveryRow[]>(sql, parameters.values);
      });
    } catch (error) {
      if (!isQueryCanceled(error)) throw error;
      throw new DomainError(
        'search_too_broad',
        'The search goes through too many deliveries: name a span of time (from, to) or another filter',
        { cause: error },
      );
    }
  }
}

function appCondition({ appId, webhookId }: DeliveryFilter, parameters: Parameters): string {
  const ofApp = `w.app_id = ${parameters.add(appId)}`;
  return webhookId === undefined ? ofApp : `${ofApp} AND w.webhook_id = ${parameters.add(webhookId)}`;
}

/** A query of event ids, newest first, each once. */
function eventsOf(
  appId: string,
  { eventId, messageId, conversationId, userId, anyId }: EventKeys,
  bounds: readonly string[],
  parameters: Parameters,
): string {
  const limits = [...bounds];
  if (eventId !== undefined) {
    const only = `${parameters.add(eventId)}::uuid`;
    const hasMore = [messageId, conversationId, userId, anyId].some((key) => key !== undefined);
    // By itself it needs no event: deliveries stay in the log when their payload is gone.
    if (!hasMore) return `SELECT * FROM (SELECT ${only} AS event_id) given ${whereAll(bounds)}`;
    limits.push(`event_id = ${only}`);
  }
  const app = `app_id = ${parameters.add(appId)}`;
  const idsIn = (table: string, ...conditions: string[]) =>
    `SELECT event_id FROM ${table} ${whereAll([app, ...conditions, ...limits])}`;
  const found: string[] = [];
  if (anyId !== undefined) {
    const at = parameters.add(anyId);
    const ways = [
      idsIn('events', `message_id = ${at}`),
      idsIn('events', `conversation_id = ${at}`),
      idsIn('event_users', `user_id = ${at}`),
    ];
    found.push(`SELECT DISTINCT event_id FROM (${ways.join(' UNION ALL ')}) ways`);
  }
  const ofEvent = [
    ...(messageId === undefined ? [] : [`message_id = ${parameters.add(messageId)}`]),
    ...(conversationId === undefined ? [] : [`conversation_id = ${parameters.add(conversationId)}`]),
  ];
  if (ofEvent.length > 0) found.push(idsIn('events', ...ofEvent));
  if (userId !== undefined) found.push(idsIn('event_users', `user_id = ${parameters.add(userId)}`));
  const [first = '', ...others] = found;
  if (others.length === 0) return `${first} ORDER BY event_id DESC NULLS LAST`;
  const joined = others.map((query, index) => `JOIN (${query}) also${String(index)} USING (event_id)`);
  return `SELECT event_id FROM (${first}) found ${joined.join(' ')} ORDER BY event_id DESC NULLS LAST`;
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
