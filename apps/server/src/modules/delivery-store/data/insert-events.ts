/** Writes events, their pending deliveries and the counters in one statement: one round trip and one commit. */
import type { DataSource, EntityManager } from 'typeorm';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import { ConfigurationChanged } from '../../../platform/database/config-version.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { countCreated } from './count-sql.js';
import {
  claimKeys,
  HOLDERS_OF,
  keyColumnsOf,
  type ClaimedKey,
  type EventKey,
  type KeyHolder,
} from './event-keys-sql.js';
import { columnsOf, insertPlanned, PLANNED_PARAMETERS, type PlannedDelivery } from './insert-deliveries.js';

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
  /** Who sent it, as {@link receivedFromOf} writes it. */
  receivedFrom: string;
}

export interface EventsToInsert {
  /** No two with the same key. */
  events: readonly EventToStore[];
  pending: readonly PlannedDelivery[];
  claimableInMs: number;
  /** The configuration that they were planned with: nothing is written if it is another one by now. Absent: any. */
  configVersion?: number | undefined;
}

const NONE: ReadonlyMap<string, KeyHolder> = new Map();

/**
 * Writes the events, except those whose key another event holds.
 *
 * @returns these holders, by the id of the event that was not written
 * @throws ConfigurationChanged when nothing was written because the configuration is another one
 */
export async function insertEvents(
  database: DataSource | EntityManager,
  toInsert: EventsToInsert,
): Promise<ReadonlyMap<string, KeyHolder>> {
  const { events, pending, claimableInMs, configVersion } = toInsert;
  const parameters = [...columnsOf(pending), claimableInMs, ...eventColumnsOf(events)];
  const keys = keysOf(events, pending);
  if (keys.length === 0) {
    if (events.length === 0) return NONE;
    if (configVersion === undefined) await INSERT_EVENTS.run(database, parameters);
    else assertCurrent(await INSERT_EVENTS_IF_CURRENT.run(database, [...parameters, configVersion]));
    return NONE;
  }
  const withKeys = [...parameters, ...keyColumnsOf(keys)];
  const rows =
    configVersion === undefined
      ? await INSERT_EVENTS_WITH_KEYS.run(database, withKeys)
      : assertCurrent(await INSERT_EVENTS_WITH_KEYS_IF_CURRENT.run(database, [...withKeys, configVersion]));
  if (rows.length === 0) return NONE;
  const takenIds = new Set(rows.map(({ eventId }) => eventId));
  const holders = await holdersOf(
    database,
    keys.filter(({ eventId }) => takenIds.has(eventId)),
  );
  const isFree = ({ eventId }: { eventId: string }): boolean =>
    takenIds.has(eventId) && !holders.has(eventId);
  const freed = events.filter(isFree);
  if (freed.length === 0) return holders;
  // Their keys expired meanwhile, so nothing keeps them from being written; the others have been by now.
  const again = { events: freed, pending: pending.filter(isFree), claimableInMs };
  return new Map([...holders, ...(await insertEvents(database, again))]);
}

/** Read afterwards: the statement does not see what was committed after it began, even if it had to wait for that. */
async function holdersOf(
  database: DataSource | EntityManager,
  taken: readonly ClaimedKey[],
): Promise<ReadonlyMap<string, KeyHolder>> {
  const rows = await database.query<({ claimant: string } & KeyHolder)[]>(HOLDERS_OF, [
    taken.map(({ eventId }) => eventId),
    taken.map(({ appId }) => appId),
    taken.map(({ value }) => value),
  ]);
  return new Map(rows.map(({ claimant, ...holder }) => [claimant, holder]));
}

function keysOf(events: readonly EventToStore[], pending: readonly PlannedDelivery[]): ClaimedKey[] {
  const counts = new Map<string, number>();
  for (const { eventId } of pending) counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
  return events.flatMap(({ appId, eventId, key }) =>
    key ? [{ ...key, appId, eventId, deliveryCount: counts.get(eventId) ?? 0 }] : [],
  );
}

/** The parameters after those of the deliveries. */
const parameter = (position: number): string => `$${String(PLANNED_PARAMETERS + position)}`;
const [EVENT_IDS, APP_IDS, NAMES, OCCURRED, RECEIVED, CONVERSATIONS, MESSAGES, PAYLOADS, SENDERS, USERS, AT] =
  Array.from({ length: 11 }, (_, index) => parameter(index + 1));
const keyParameter = (position: number): string => parameter(11 + position);

function insertStored(which: string): string {
  return `stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload, received_from)
    SELECT * FROM unnest(${EVENT_IDS}::uuid[], ${APP_IDS}::uuid[], ${NAMES}::text[], ${OCCURRED}::timestamptz[],
      ${RECEIVED}::timestamptz[], ${CONVERSATIONS}::text[], ${MESSAGES}::text[], ${PAYLOADS}::text[], ${SENDERS}::text[])
      AS e(event_id)
    WHERE ${which}
  ), named AS (
    -- Of each user the position of the event that names it: a batch may name 100,000.
    INSERT INTO event_users (app_id, user_id, event_id)
    SELECT e.app_id, u.user_id, event_id FROM unnest(${USERS}::text[], ${AT}::int[]) AS u(user_id, position)
    JOIN unnest(${EVENT_IDS}::uuid[], ${APP_IDS}::uuid[]) WITH ORDINALITY AS e(event_id, app_id, position) USING (position)
    WHERE ${which}
  )`;
}

/** SQL: whether the configuration still has the version of a parameter. */
const config = (version: string): string =>
  `config AS MATERIALIZED (SELECT version = ${version}::bigint AS is_current FROM config_version)`;
const IS_CURRENT = '(SELECT is_current FROM config)';

interface Outcome {
  /** null in the only row: nothing was written, since the configuration is another one. */
  eventId: string | null;
}

function assertCurrent(rows: readonly Outcome[]): { eventId: string }[] {
  return rows.map(({ eventId }) => {
    if (eventId === null) throw new ConfigurationChanged();
    return { eventId };
  });
}

const INSERT_EVENTS = new PreparedQuery(
  `WITH ${insertStored('true')}, ${insertPlanned()} ${countCreated('planned')}`,
);

const INSERT_EVENTS_IF_CURRENT = new PreparedQuery<Outcome>(
  `WITH ${config(parameter(12))}, ${insertStored(IS_CURRENT)}, ${insertPlanned(IS_CURRENT)},
   counted AS (${countCreated('planned')}) SELECT NULL::uuid AS "eventId" FROM config WHERE NOT is_current`,
);

const NOT_TAKEN = 'event_id NOT IN (SELECT event_id FROM taken)';
const INSERT_EVENTS_WITH_KEYS = new PreparedQuery<{ eventId: string }>(
  `WITH ${claimKeys(keyParameter)}, ${insertStored(NOT_TAKEN)}, ${insertPlanned(NOT_TAKEN)},
   counted AS (${countCreated('planned')}) SELECT event_id AS "eventId" FROM taken`,
);

const INSERT_EVENTS_WITH_KEYS_IF_CURRENT = new PreparedQuery<Outcome>(
  `WITH ${config(parameter(18))}, ${claimKeys(keyParameter, IS_CURRENT)},
   ${insertStored(`${NOT_TAKEN} AND ${IS_CURRENT}`)}, ${insertPlanned(`${NOT_TAKEN} AND ${IS_CURRENT}`)},
   counted AS (${countCreated('planned')})
   SELECT event_id AS "eventId" FROM taken UNION ALL SELECT NULL FROM config WHERE NOT is_current`,
);

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
    ...userColumnsOf(events),
  ];
}

function userColumnsOf(events: readonly EventToStore[]): unknown[] {
  const positions = events.flatMap(({ userIds }, index) => Array<number>(userIds.length).fill(index + 1));
  return [textArray(events.flatMap(({ userIds }) => userIds)), plainArray(positions)];
}
