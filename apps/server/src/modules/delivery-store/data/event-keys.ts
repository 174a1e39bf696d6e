/** Builds queries of events by message, conversation, user or source, in the order of their indexes. */
import type { Order } from '@im/contracts/api/common';
import type { Parameters } from './delivery-filter.js';
import { SOURCE_ID } from './received-from-sql.js';

/** The order of the indexes and its reverse; the primary key has neither, see docs/adr/0010. */
export const SORTED: Readonly<Record<Order, string>> = { desc: 'DESC NULLS LAST', asc: 'ASC NULLS FIRST' };

/** The condition for rows after the last one of the page before. */
export const BEYOND: Readonly<Record<Order, string>> = { desc: '<', asc: '>' };

/** The keys of events. */
export interface EventKeys {
  eventId?: string | undefined;
  messageId?: string | undefined;
  conversationId?: string | undefined;
  userId?: string | undefined;
  sourceId?: string | undefined;
  /** A message, a conversation or a user. */
  anyId?: string | undefined;
}

/**
 * A query of event ids, each once, in order.
 *
 * @param bounds conditions on `event_id`
 */
export function eventsOf(
  appId: string,
  { eventId, messageId, conversationId, userId, sourceId, anyId }: EventKeys,
  bounds: readonly string[],
  parameters: Parameters,
  order: Order,
): string {
  const limits = [...bounds];
  const sorted = `ORDER BY event_id ${SORTED[order]}`;
  if (eventId !== undefined) {
    const only = `${parameters.add(eventId)}::uuid`;
    const hasMore = [messageId, conversationId, userId, sourceId, anyId].some((key) => key !== undefined);
    // This filter alone needs no event: deliveries stay in the log when their payload is gone.
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
    ...(sourceId === undefined ? [] : [`${SOURCE_ID} = ${parameters.add(sourceId)}::uuid`]),
  ];
  if (ofEvent.length > 0) found.push(idsIn('events', ...ofEvent));
  if (userId !== undefined) found.push(idsIn('event_users', `user_id = ${parameters.add(userId)}`));
  const [first = '', ...others] = found;
  if (others.length === 0) return `${first} ${sorted}`;
  const joined = others.map((query, index) => `JOIN (${query}) also${String(index)} USING (event_id)`);
  return `SELECT event_id FROM (${first}) found ${joined.join(' ')} ${sorted}`;
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
