/** Reads pages of events, newest first, always in the order of an index, like the delivery log. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { queryWithin } from '../../../platform/database/query-within.js';
import { eventOfCallback, lowestIdOf, Parameters } from '../../delivery-store/data/delivery-filter.js';
import { eventsOf, type EventKeys } from '../../delivery-store/data/event-keys.js';

const TIME_LIMIT_MS = 5_000;

export interface EventRow {
  eventId: string;
  event: string;
  occurredAt: Date;
  receivedAt: Date;
  conversationId: string | null;
  messageId: string | null;
}

export interface EventFilter {
  appId: string;
  /** Any of these names; absent: every name. */
  names?: readonly string[] | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface EventPage {
  limit: number;
  /** The last id of the page before. */
  beforeId: string | null;
}

export const EVENT_COLUMNS = `
  e.event_id AS "eventId", e.event, e.occurred_at AS "occurredAt", e.received_at AS "receivedAt",
  e.conversation_id AS "conversationId", e.message_id AS "messageId"`;
/** Names that most events have; see the migration search-histories. */
const OFTEN = ['message.sent', 'message.read'];
const NEWEST_FIRST = 'ORDER BY e.event_id DESC NULLS LAST LIMIT';

@Injectable()
export class SearchEventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All of the app, or those of some names: a page of each name, merged. */
  byName({ appId, names, ...span }: EventFilter, page: EventPage): Promise<EventRow[]> {
    const parameters = new Parameters();
    const conditions = [
      `e.app_id = ${parameters.add(appId)}`,
      ...boundsOf(span, page, parameters).map((bound) => `e.${bound}`),
    ];
    const most = parameters.add(page.limit);
    if (!names) {
      const where = conditions.join(' AND ');
      return this.query(
        `SELECT ${EVENT_COLUMNS} FROM events e WHERE ${where} ${NEWEST_FIRST} ${most}`,
        parameters,
      );
    }
    const pagesOf = (some: string[], ...more: string[]) =>
      `SELECT e.* FROM unnest(${parameters.add(some)}::text[]) AS wanted(name) CROSS JOIN LATERAL (
         SELECT * FROM events e WHERE ${[...conditions, 'e.event = wanted.name', ...more].join(' AND ')}
         ${NEWEST_FIRST} ${most}) e`;
    // The index by name excludes them, and PostgreSQL uses it only if the statement does so too.
    const rare = pagesOf(
      names.filter((name) => !OFTEN.includes(name)),
      `e.event NOT IN (${OFTEN.map((name) => `'${name}'`).join(', ')})`,
    );
    const often = pagesOf(names.filter((name) => OFTEN.includes(name)));
    return this.query(
      `SELECT ${EVENT_COLUMNS} FROM (${rare} UNION ALL ${often}) e ${NEWEST_FIRST} ${most}`,
      parameters,
    );
  }

  /** By what the events carry. */
  byKeys({ appId, names, ...span }: EventFilter, keys: EventKeys, page: EventPage): Promise<EventRow[]> {
    const parameters = new Parameters();
    const found = eventsOf(appId, keys, boundsOf(span, page, parameters), parameters, 'desc');
    const conditions = ['x.event_id = k.event_id', `x.app_id = ${parameters.add(appId)}`];
    if (names) conditions.push(`x.event = ANY(${parameters.add(names)}::text[])`);
    // One at a time, in the order in which they are found.
    return this.query(
      `SELECT ${EVENT_COLUMNS} FROM (${found}) k CROSS JOIN LATERAL (
         SELECT * FROM events x WHERE ${conditions.join(' AND ')} LIMIT 1) e
       ${NEWEST_FIRST} ${parameters.add(page.limit)}`,
      parameters,
    );
  }

  /** The event of an id of ours: its own, a delivery's or a callback's. */
  async idOf(appId: string, id: string): Promise<string | undefined> {
    const parameters = new Parameters();
    const [app, given] = [parameters.add(appId), parameters.add(id)];
    const ofCallback = [`d.callback_id = ${given}`, ...eventOfCallback(id, parameters)].join(' AND ');
    const ofDelivery = (condition: string) =>
      `SELECT d.event_id AS "eventId" FROM delivery_log d WHERE d.app_id = ${app} AND ${condition}`;
    const rows = await this.dataSource.query<{ eventId: string }[]>(
      `SELECT e.event_id AS "eventId" FROM events e WHERE e.app_id = ${app} AND e.event_id = ${given}
       UNION ALL (${ofDelivery(`d.delivery_id = ${given}`)})
       UNION ALL (${ofDelivery(ofCallback)} LIMIT 1)`,
      parameters.values,
    );
    return rows[0]?.eventId;
  }

  private query(sql: string, parameters: Parameters): Promise<EventRow[]> {
    return queryWithin(this.dataSource, TIME_LIMIT_MS, sql, parameters.values);
  }
}

/** Ids begin with the time of receipt, so a span of time is a span of ids, and other days' partitions are skipped. */
function boundsOf(
  { from, to }: Pick<EventFilter, 'from' | 'to'>,
  { beforeId }: EventPage,
  parameters: Parameters,
): string[] {
  return [
    ...(from === undefined ? [] : [`event_id >= ${parameters.add(lowestIdOf(from))}`]),
    ...(to === undefined ? [] : [`event_id < ${parameters.add(lowestIdOf(to))}`]),
    ...(beforeId === null ? [] : [`event_id < ${parameters.add(beforeId)}`]),
  ];
}
