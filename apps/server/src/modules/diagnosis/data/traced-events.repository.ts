/** Finds the events of a trace by any kind of id; each kind has an index, newest first. */
import { Injectable } from '@nestjs/common';
import type { TraceKey } from '@im/contracts/api/trace';
import { DataSource } from 'typeorm';
import { RECEIVED_FROM_COLUMNS } from '../../delivery-store/data/received-from-sql.js';
import type { ReceivedFromRow } from '../../delivery-store/domain/received-from.js';

export interface TracedEventRow extends ReceivedFromRow {
  eventId: string;
  event: string;
  messageId: string | null;
  conversationId: string | null;
  /** Null: the event itself is no longer kept, only its deliveries. */
  occurredAt: Date | null;
  receivedAt: Date | null;
}

interface Span {
  limit: number;
  /** The last event of the page before. */
  beforeId: string | null;
}

const COLUMNS = `e.event_id AS "eventId", e.event, e.message_id AS "messageId", e.conversation_id AS "conversationId",
  e.occurred_at AS "occurredAt", e.received_at AS "receivedAt", ${RECEIVED_FROM_COLUMNS}`;

const BEFORE = '($3::uuid IS NULL OR e.event_id < $3)';
const NEWEST_FIRST = 'ORDER BY e.event_id DESC NULLS LAST LIMIT $4';

/** `$1` the app, `$2` the id, `$3` before which event, `$4` how many. */
const BY_KEY: Readonly<Record<'messageId' | 'conversationId' | 'userId', string>> = {
  messageId: `SELECT ${COLUMNS} FROM events e WHERE e.app_id = $1 AND e.message_id = $2 AND ${BEFORE} ${NEWEST_FIRST}`,
  conversationId: `SELECT ${COLUMNS} FROM events e
    WHERE e.app_id = $1 AND e.conversation_id = $2 AND ${BEFORE} ${NEWEST_FIRST}`,
  userId: `SELECT ${COLUMNS} FROM (
      SELECT e.event_id FROM event_users e WHERE e.app_id = $1 AND e.user_id = $2 AND ${BEFORE} ${NEWEST_FIRST}
    ) u JOIN events e USING (event_id) ORDER BY e.event_id DESC`,
};

@Injectable()
export class TracedEventsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(appId: string, key: TraceKey, id: string, span: Span): Promise<TracedEventRow[]> {
    switch (key) {
      case 'eventId':
        return this.byId(appId, id);
      case 'deliveryId':
        return this.byId(appId, await this.eventOfDelivery(appId, 'd.delivery_id = $2', [id]));
      case 'callbackId':
        return this.byId(appId, await this.eventOfDelivery(...callbackCondition(appId, id)));
      default:
        return this.dataSource.query<TracedEventRow[]>(BY_KEY[key], [appId, id, span.beforeId, span.limit]);
    }
  }

  /** Other events of the same name for the same message, by event. */
  async repetitionsOf(
    appId: string,
    events: readonly TracedEventRow[],
  ): Promise<Map<string, { eventId: string; receivedAt: Date }[]>> {
    const found = new Map<string, { eventId: string; receivedAt: Date }[]>();
    const messageIds = [...new Set(events.flatMap(({ messageId }) => messageId ?? []))];
    if (messageIds.length === 0) return found;
    const rows = await this.dataSource.query<
      { eventId: string; event: string; messageId: string; receivedAt: Date }[]
    >(
      `SELECT e.event_id AS "eventId", e.event, e.message_id AS "messageId", e.received_at AS "receivedAt"
       FROM unnest($2::text[]) AS sought(message_id) CROSS JOIN LATERAL (
         SELECT * FROM events e WHERE e.app_id = $1 AND e.message_id = sought.message_id
         ORDER BY e.event_id DESC LIMIT 50) e
       ORDER BY e.event_id`,
      [appId, messageIds],
    );
    for (const { eventId, event, messageId } of events) {
      const same = rows.filter(
        (row) => row.messageId === messageId && row.event === event && row.eventId !== eventId,
      );
      found.set(eventId, same);
    }
    return found;
  }

  /** The event, or as much of it as its deliveries still record. */
  private async byId(appId: string, eventId: string | undefined): Promise<TracedEventRow[]> {
    if (eventId === undefined) return [];
    const rows = await this.dataSource.query<TracedEventRow[]>(
      `SELECT ${COLUMNS} FROM events e WHERE e.app_id = $1 AND e.event_id = $2`,
      [appId, eventId],
    );
    if (rows.length > 0) return rows;
    return this.dataSource.query<TracedEventRow[]>(
      `SELECT event_id AS "eventId", event, NULL AS "messageId", NULL AS "conversationId", NULL AS "occurredAt",
         NULL AS "receivedAt", CASE kind WHEN 'test' THEN 'test' END AS "receivedFrom", NULL AS source
       FROM delivery_log WHERE event_id = $2 AND delivery_id > $2 AND app_id = $1 LIMIT 1`,
      [appId, eventId],
    );
  }

  private async eventOfDelivery(
    appId: string,
    condition: string,
    values: readonly string[],
  ): Promise<string | undefined> {
    const [row] = await this.dataSource.query<{ eventId: string }[]>(
      `SELECT d.event_id AS "eventId" FROM delivery_log d WHERE d.app_id = $1 AND ${condition} LIMIT 1`,
      [appId, ...values],
    );
    return row?.eventId;
  }
}

/** A callback id begins with its event's millisecond, so the log's index by event finds it. */
function callbackCondition(appId: string, id: string): [appId: string, condition: string, values: string[]] {
  const millisecond = id.slice(0, 13);
  return [
    appId,
    'd.callback_id = $2 AND d.event_id >= $3::uuid AND d.event_id <= $4::uuid AND d.delivery_id >= $3::uuid',
    [id, `${millisecond}-0000-0000-000000000000`, `${millisecond}-ffff-ffff-ffffffffffff`],
  ];
}
