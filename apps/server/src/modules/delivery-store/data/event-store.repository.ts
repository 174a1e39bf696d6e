/** Stores events and their planned deliveries, a batch of events in one transaction. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  columnsOf,
  insertDeliveries,
  PLANNED,
  PLANNED_PARAMETERS,
  type PlannedDelivery,
} from './insert-deliveries.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import { countCreated } from './count-sql.js';

/** The sender's own id, and the hash that a repetition must have to be a duplicate. */
export interface EventKey {
  value: string;
  contentHash: Buffer;
  /** A repetition after more milliseconds is an event of its own; absent: it never is. */
  withinMs?: number;
}

export interface EventToStore {
  eventId: string;
  appId: string;
  event: string;
  /** ISO 8601 in UTC, or null when the sender named no time. */
  timestamp: string | null;
  conversationId: string | null;
  messageId: string | null;
  /** Users it names, each once. */
  userIds: string[];
  /** The raw JSON text of `data`. */
  payload: string;
  key: EventKey | null;
  receivedAt: Date;
  /** Who handed it in, as {@link receivedFromOf} writes it. */
  receivedFrom: string;
}

export type StoreResult =
  | { kind: 'stored'; deliveries: PlannedDelivery[] }
  /** The same key and content was stored before. */
  | { kind: 'duplicate'; eventId: string; deliveryCount: number }
  /** The same key was stored before with other content. */
  | { kind: 'conflict' };

interface KeyRow {
  appId: string;
  key: string;
  eventId: string;
  contentHash: Buffer;
  deliveryCount: number;
}

/** The deliveries of each event, by its id. */
export type DeliveryPlan = ReadonlyMap<string, PlannedDelivery[]>;

@Injectable()
export class EventStoreRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All events or none; results in the order of the events. */
  async store(events: EventToStore[], planned: DeliveryPlan, claimableInMs: number): Promise<StoreResult[]> {
    const needsTransaction =
      events.some((event) => event.key) ||
      [...planned.values()].some((deliveries) => deliveries.some(({ status }) => status === 'skipped'));
    const earlier = needsTransaction
      ? await this.dataSource.transaction(async (manager) => {
          const known = await claimKeys(manager, events, planned);
          await insertAll(
            manager,
            events.filter((event) => !known.has(event.eventId)),
            planned,
            claimableInMs,
          );
          return known;
        })
      : await insertAll(this.dataSource, events, planned, claimableInMs);
    return events.map(
      (event) =>
        earlier.get(event.eventId) ?? { kind: 'stored', deliveries: planned.get(event.eventId) ?? [] },
    );
  }
}

const NOTHING_KNOWN: ReadonlyMap<string, StoreResult> = new Map();

/** Writes events, their deliveries and the counters. */
async function insertAll(
  database: DataSource | EntityManager,
  events: readonly EventToStore[],
  planned: DeliveryPlan,
  claimableInMs: number,
): Promise<ReadonlyMap<string, StoreResult>> {
  if (events.length === 0) return NOTHING_KNOWN;
  const deliveries = events.flatMap((event) => planned.get(event.eventId) ?? []);
  const pending = awaited(deliveries);
  const skipped = deliveries.filter((delivery) => delivery.status === 'skipped');
  // One statement is one round trip and, outside a transaction, one commit.
  await INSERT_EVENTS_AND_PENDING.run(database, [
    ...columnsOf(pending),
    claimableInMs,
    ...eventColumnsOf(events),
    ...userColumnsOf(events),
  ]);
  if (skipped.length > 0) await insertDeliveries(database, skipped, claimableInMs);
  return NOTHING_KNOWN;
}

/** Claims the keys of the events that have one; returns earlier claims, by the id of the new event. */
async function claimKeys(
  manager: EntityManager,
  events: EventToStore[],
  planned: DeliveryPlan,
): Promise<Map<string, StoreResult>> {
  // One order for all writers, so that batches do not deadlock.
  const keyed = events
    .flatMap((event) => (event.key ? [{ event, key: event.key }] : []))
    .sort((a, b) => compare(a.event.appId, b.event.appId) || compare(a.key.value, b.key.value));
  if (keyed.length === 0) return new Map();

  const claimed = await manager.query<{ event_id: string }[]>(
    `INSERT INTO event_keys (app_id, key, event_id, content_hash, delivery_count)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bytea[], $5::int[])
     ON CONFLICT (app_id, key) DO NOTHING RETURNING event_id`,
    [
      keyed.map(({ event }) => event.appId),
      keyed.map(({ key }) => key.value),
      keyed.map(({ event }) => event.eventId),
      keyed.map(({ key }) => key.contentHash),
      keyed.map(({ event }) => awaited(planned.get(event.eventId)).length),
    ],
  );
  const claimedIds = new Set(claimed.map((row) => row.event_id));
  const taken = keyed.filter(({ event }) => !claimedIds.has(event.eventId));
  for (const eventId of await reclaimKeys(manager, taken, planned)) claimedIds.add(eventId);
  const repeated = taken.filter(({ event }) => !claimedIds.has(event.eventId));
  if (repeated.length === 0) return new Map();

  const rows = await manager.query<KeyRow[]>(
    `SELECT app_id AS "appId", key, event_id AS "eventId", content_hash AS "contentHash", delivery_count AS "deliveryCount"
     FROM event_keys WHERE (app_id, key) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    [repeated.map(({ event }) => event.appId), repeated.map(({ key }) => key.value)],
  );
  const first = new Map(rows.map((row) => [`${row.appId} ${row.key}`, row]));
  return new Map(
    repeated.map(({ event, key }) => {
      const row = first.get(`${event.appId} ${key.value}`);
      return [
        event.eventId,
        row?.contentHash.equals(key.contentHash) ? duplicateOf(row) : { kind: 'conflict' },
      ];
    }),
  );
}

/** Takes over keys whose last event is too long ago to be repeated. @returns the ids of the events that have them now */
async function reclaimKeys(
  manager: EntityManager,
  taken: readonly { event: EventToStore; key: EventKey }[],
  planned: DeliveryPlan,
): Promise<string[]> {
  const limited = taken.flatMap(({ event, key: { value, withinMs } }) =>
    withinMs === undefined ? [] : [{ event, value, withinMs }],
  );
  if (limited.length === 0) return [];
  const [rows] = await manager.query<[{ event_id: string }[], number]>(
    `UPDATE event_keys k SET event_id = r.event_id, delivery_count = r.delivery_count, created_at = now()
     FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::int[], $5::int[])
       AS r(app_id, key, event_id, delivery_count, within_ms)
     WHERE k.app_id = r.app_id AND k.key = r.key AND k.created_at < now() - r.within_ms * interval '1 ms'
     RETURNING k.event_id`,
    [
      limited.map(({ event }) => event.appId),
      limited.map(({ value }) => value),
      limited.map(({ event }) => event.eventId),
      limited.map(({ event }) => awaited(planned.get(event.eventId)).length),
      limited.map(({ withinMs }) => withinMs),
    ],
  );
  return rows.map((row) => row.event_id);
}

/** The deliveries that will be attempted; those of disabled webhooks only wait to be replayed. */
export function awaited(deliveries: PlannedDelivery[] = []): PlannedDelivery[] {
  return deliveries.filter((delivery) => delivery.status === 'pending');
}

function duplicateOf(row: KeyRow): StoreResult {
  return { kind: 'duplicate', eventId: row.eventId, deliveryCount: row.deliveryCount };
}

/** The parameters after those of {@link PLANNED}. */
const parameter = (position: number) => `$${String(PLANNED_PARAMETERS + position)}`;
const [
  EVENT_IDS,
  APP_IDS,
  NAMES,
  OCCURRED,
  RECEIVED,
  CONVERSATIONS,
  MESSAGES,
  PAYLOADS,
  SENDERS,
  USERS,
  POSITIONS,
] = Array.from({ length: 11 }, (_, index) => parameter(index + 1));

const INSERT_EVENTS_AND_PENDING = new PreparedQuery(`
  WITH stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload, received_from)
    SELECT * FROM unnest(${EVENT_IDS}::uuid[], ${APP_IDS}::uuid[], ${NAMES}::text[], ${OCCURRED}::timestamptz[],
      ${RECEIVED}::timestamptz[], ${CONVERSATIONS}::text[], ${MESSAGES}::text[], ${PAYLOADS}::text[], ${SENDERS}::text[])
  ), named AS (
    -- Of each user the position of the event that names it: a batch may name 100,000.
    INSERT INTO event_users (app_id, user_id, event_id)
    SELECT e.app_id, u.user_id, e.event_id FROM unnest(${USERS}::text[], ${POSITIONS}::int[]) AS u(user_id, position)
    JOIN unnest(${EVENT_IDS}::uuid[], ${APP_IDS}::uuid[]) WITH ORDINALITY AS e(event_id, app_id, position) USING (position)
  ), ${PLANNED} ${countCreated('planned')}`);

function eventColumnsOf(events: readonly EventToStore[]): unknown[] {
  return [
    plainArray(events.map((event) => event.eventId)),
    plainArray(events.map((event) => event.appId)),
    textArray(events.map((event) => event.event)),
    plainArray(events.map((event) => event.timestamp ?? event.receivedAt.toISOString())),
    plainArray(events.map((event) => event.receivedAt.toISOString())),
    textArray(events.map((event) => event.conversationId)),
    textArray(events.map((event) => event.messageId)),
    textArray(events.map((event) => event.payload)),
    textArray(events.map((event) => event.receivedFrom)),
  ];
}

function userColumnsOf(events: readonly EventToStore[]): unknown[] {
  const positions = events.flatMap(({ userIds }, index) => Array<number>(userIds.length).fill(index + 1));
  return [textArray(events.flatMap(({ userIds }) => userIds)), plainArray(positions)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
