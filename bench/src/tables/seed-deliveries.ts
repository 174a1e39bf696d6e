/**
 * Fills the service's tables with a week of deliveries as a busy app would have them, in SQL. Every value of a row is
 * computed from its number, so deliveries and events match without a join.
 */
import pg from 'pg';
import { readTemplates } from './delivery-tables.js';
import { createPartitions, dropIndexes } from './partitioned-tables.js';
import { insertFromSource } from './row-template.js';

export const SEEDED_DAYS = 7;
/** Some events go to two webhooks. */
const EVENTS_PER_DELIVERY = 0.8;
const AT_ONCE = 2;
const ROWS_IN_A_STATEMENT = 100_000;

const DAY_MS = 86_400_000;

export interface SeedPlan {
  databaseUrl: string;
  deliveries: number;
  /** They share the deliveries evenly. */
  webhookIds: readonly string[];
  onProgress: (share: number) => void;
}

/**
 * `seed_random(n, salt)`: evenly in 0..1. `seed_id(n, ms, salt)`: a UUIDv7 of that instant. `seed_pick(r, values,
 * bounds)`: the first value whose bound is above r. All follow from their arguments alone.
 */
const FUNCTIONS = `
  CREATE FUNCTION pg_temp.seed_random(n bigint, salt bigint) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS 'SELECT (hashint8extended(n, salt) & 1073741823) / 1073741824.0::double precision';
  CREATE FUNCTION pg_temp.seed_id(n bigint, ms bigint, salt bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$SELECT (lpad(to_hex(ms), 12, '0') || '7' || substr(lpad(to_hex(hashint8extended(n, salt)), 16, '0'), 1, 3)
      || '8' || substr(lpad(to_hex(hashint8extended(n, salt + 1)), 16, '0'), 1, 15))::uuid$$;
  CREATE FUNCTION pg_temp.seed_pick(r double precision, picked text[], bounds double precision[]) RETURNS text
    LANGUAGE sql IMMUTABLE AS 'SELECT picked[width_bucket(r, bounds) + 1]';
`;

/** Every value with the share of rows that have it: frequent ones, and rare ones that are hard to find. */
type Shares = Record<string, number>;

export const EVENT_SHARES: Shares = {
  'message.sent': 0.8,
  'message.read': 0.12,
  'message.revoked': 0.04,
  'message.edited': 0.0399,
  'message.offline': 0.0001,
};
export const STATUS_SHARES: Shares = { success: 0.97, failed: 0.024, skipped: 0.005, canceled: 0.001 };
export const KIND_SHARES: Shares = { event: 0.9949, redelivery: 0.005, test: 0.0001 };
export const ERROR_SHARES: Shares = {
  server_error: 0.6,
  response_timeout: 0.2,
  connect_refused: 0.1,
  not_found: 0.05,
  signature_rejected: 0.03,
  dns: 0.0195,
  tls_expired: 0.0005,
};
/** What the receiver answered, for the classes in which it answered. */
const STATUS_OF_ERROR: Record<string, number> = {
  server_error: 500,
  not_found: 404,
  signature_rejected: 401,
};
export const RESPONSE_STATUSES = [200, ...Object.values(STATUS_OF_ERROR)];

const USERS = 500_000;
/** A few are busy: the first percent of them has a fifth of the messages. */
const CONVERSATIONS = 200_000;

const MESSAGE_ID = `'m-' || e`;
const CONVERSATION_ID = `'c-' || floor(power(${random('e', 4)}, 3) * ${CONVERSATIONS})`;

/** No process of the service may run meanwhile: it would miss its indexes. */
export async function seedDeliveries({
  databaseUrl,
  deliveries,
  webhookIds,
  onProgress,
}: SeedPlan): Promise<void> {
  const clients = Array.from({ length: AT_ONCE }, () => new pg.Client({ connectionString: databaseUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    const [first] = clients;
    if (!first) return;
    const untilMs = Date.now() - DAY_MS / 24;
    const fromMs = untilMs - SEEDED_DAYS * DAY_MS;
    await createPartitions(first, fromMs);
    const rebuildIndexes = await dropIndexes(first);
    const statements = await statementsOf(first, {
      fromMs,
      msPerDelivery: (untilMs - fromMs) / deliveries,
      webhookIds,
    });
    for (const client of clients) await client.query(`${FUNCTIONS} SET synchronous_commit = off`);
    let next = 1;
    const work = async (client: pg.Client): Promise<void> => {
      for (let from = next; from <= deliveries; from = next) {
        next += ROWS_IN_A_STATEMENT;
        const to = Math.min(from + ROWS_IN_A_STATEMENT - 1, deliveries);
        for (const statement of statements) await client.query(statement(from, to));
        onProgress(to / deliveries);
      }
    };
    await Promise.all(clients.map(work));
    await rebuildIndexes();
    // As after autovacuum, which would otherwise start while the lists are measured.
    await first.query('VACUUM (ANALYZE)');
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

interface Distribution {
  fromMs: number;
  msPerDelivery: number;
  webhookIds: readonly string[];
}

/** One statement for each table, from delivery number to delivery number. */
async function statementsOf(
  client: pg.Client,
  distribution: Distribution,
): Promise<((from: number, to: number) => string)[]> {
  const templates = await readTemplates(client);
  const delivery = deliveryExpressions(distribution);
  const payload = templates.flatMap(({ columns }) => columns).find(({ name }) => name === 'payload')?.value;
  const event = eventExpressions(distribution, payload ?? '');
  return templates.flatMap((template) => {
    if (template.table === 'events') {
      // An event belongs to the statement in which its first delivery is.
      return [
        (from: number, to: number) =>
          insertFromSource(
            template,
            event,
            `generate_series(${eventNumber(from - 1)} + 1, ${eventNumber(to)}) AS e`,
          ),
      ];
    }
    if (template.table === 'event_users') {
      // Sender and receiver: even and odd numbers, so that they differ.
      return [
        (from: number, to: number) =>
          insertFromSource(
            template,
            {
              event_id: event.event_id ?? '',
              user_id: `'u-' || (floor(${random('e', 'who')} * ${USERS / 2}) * 2 + who - 7)`,
            },
            `generate_series(${eventNumber(from - 1)} + 1, ${eventNumber(to)}) AS e CROSS JOIN (VALUES (7), (8)) AS role(who)`,
          ),
      ];
    }
    if (template.table !== 'deliveries') return [];
    return [
      (from: number, to: number) =>
        insertFromSource(
          template,
          delivery,
          `(SELECT n, ceil(n * ${EVENTS_PER_DELIVERY})::bigint AS e, ${pick(STATUS_SHARES, random('n', 1))} AS state,
              ${pick(ERROR_SHARES, random('n', 2))} AS error FROM generate_series(${from}, ${to}) AS n OFFSET 0) AS row`,
        ),
    ];
  });
}

/** The last event that has a delivery up to this number; computed as in SQL, so that both agree. */
function eventNumber(delivery: number): number {
  return Math.ceil(Number((delivery * EVENTS_PER_DELIVERY).toFixed(6)));
}

/** @param payload of the pattern, the very first sample event: its ids are replaced by the row's */
function eventExpressions({ fromMs, msPerDelivery }: Distribution, payload: string): Record<string, string> {
  const ms = `(${fromMs} + floor(e / ${EVENTS_PER_DELIVERY} * ${msPerDelivery}))::bigint`;
  const at = `to_timestamp(${ms} / 1000.0)`;
  return {
    event_id: `pg_temp.seed_id(e, ${ms}, 10)`,
    event: pick(EVENT_SHARES, random('e', 3)),
    occurred_at: at,
    received_at: at,
    message_id: MESSAGE_ID,
    conversation_id: CONVERSATION_ID,
    payload: `replace(replace(${pg.escapeLiteral(payload)}, '"m-0"', '"' || ${MESSAGE_ID} || '"'), '"c-0"', '"' || ${CONVERSATION_ID} || '"')`,
  };
}

function deliveryExpressions({ fromMs, msPerDelivery, webhookIds }: Distribution): Record<string, string> {
  const eventMs = `(${fromMs} + floor(e / ${EVENTS_PER_DELIVERY} * ${msPerDelivery}))::bigint`;
  // Never before its event, which is the last of those that begin with the same delivery.
  const ms = `(${fromMs} + ceil((n + 2) * ${msPerDelivery}) + 1)::bigint`;
  const at = `to_timestamp(${ms} / 1000.0)`;
  const hasFailed = `state = 'failed'`;
  const statuses = Object.entries(STATUS_OF_ERROR).map(([error, status]) => `WHEN '${error}' THEN ${status}`);
  return {
    delivery_id: `pg_temp.seed_id(n, ${ms}, 20)`,
    // It begins with its event's time.
    callback_id: `pg_temp.seed_id(n, ${eventMs}, 30)`,
    event_id: `pg_temp.seed_id(e, ${eventMs}, 10)`,
    webhook_id: `('{${webhookIds.join(',')}}'::uuid[])[1 + n % ${webhookIds.length}]`,
    event: pick(EVENT_SHARES, random('e', 3)),
    kind: pick(KIND_SHARES, random('n', 5)),
    status: 'state',
    attempts: `CASE state WHEN 'success' THEN 1 WHEN 'failed' THEN 9 ELSE 0 END`,
    response_status: `CASE WHEN state = 'success' THEN 200 WHEN ${hasFailed} THEN CASE error ${statuses.join(' ')} END END`,
    error_class: `CASE WHEN ${hasFailed} THEN error END`,
    duration_ms: `5 + 200 * power(${random('n', 6)}, 8)`,
    created_at: at,
    completed_at: at,
  };
}

function random(number: 'n' | 'e', salt: number | 'who'): string {
  return `pg_temp.seed_random(${number}, ${salt})`;
}

function pick(shares: Shares, randomSql: string): string {
  const values = Object.keys(shares);
  let bound = 0;
  const bounds = Object.values(shares).map((share) => (bound += share));
  return `pg_temp.seed_pick(${randomSql}, '{${values.join(',')}}', '{${bounds.slice(0, -1).join(',')}}')`;
}

/** Ids of deliveries that exist, as a person would look for them. */
export interface SeededIds {
  callbackId: string;
  eventId: string;
}

export async function sampleIds(databaseUrl: string, count: number): Promise<SeededIds[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<SeededIds>(
      `SELECT callback_id AS "callbackId", event_id AS "eventId"
       FROM deliveries TABLESAMPLE SYSTEM (1) ORDER BY random() LIMIT $1`,
      [count],
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** A message or conversation that exists, by a number in 0..1. */
export function messageIdAt(random01: number, deliveries: number): string {
  return `m-${String(1 + Math.floor(random01 * eventNumber(deliveries) * 0.999))}`;
}

export function conversationIdAt(random01: number): string {
  return `c-${String(Math.floor(random01 ** 3 * CONVERSATIONS))}`;
}

export function userIdAt(random01: number): string {
  return `u-${String(Math.floor(random01 * USERS))}`;
}
