/** Reads what a recovery may have to replay, in the order of ids. */
import type { RecoverableStatus } from '@im/contracts/api/recoveries';
import type { EntityManager } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { isRawRequest } from '../../delivery-store/data/raw-request-sql.js';
import { lowestIdAt, instantOfId } from '../../../platform/database/time-partitions.js';
import { likePatternsOf } from '../domain/event-patterns.js';
import type { Candidate } from '../domain/pick-candidates.js';

/** More are not counted, since counting would take too long. */
const MAX_COUNTED = 1_000_000;
/** Candidates read in one step. */
const DELIVERIES_A_STEP = 500;
const EVENTS_A_STEP = 2_000;

export interface Scan {
  recoveryId: string;
  webhookId: string;
  appId: string;
  status: RecoverableStatus;
  /** The recovery's own filter, and the webhook's; empty: every event. */
  events: readonly string[];
  webhookEvents: readonly string[];
  cursorId: string;
  endId: string;
}

export interface Scanned {
  candidates: Candidate[];
  /** The cursor after all these candidates; null: at the end. */
  nextId: string | null;
}

/** Not replayed: test sends, whose loss does not matter, and before-callbacks, which would come too late. */
const REPLAYABLE = `d.kind IN ('event', 'redelivery')`;
const IS_WANTED = (event: string, patterns: string) =>
  `(cardinality(${patterns}::text[]) = 0 OR ${event} LIKE ANY(${patterns}::text[]))`;
/** No delivery is older than its event, so PostgreSQL can skip earlier partitions. */
const SINCE_EVENT = (eventId: string) => `(left(${eventId}::text, 13) || '-0000-0000-000000000000')::uuid`;

/** The status is a literal, so that the partial index applies. */
const inLog = (status: 'failed' | 'skipped') =>
  `FROM deliveries d WHERE d.webhook_id = $1 AND d.status = '${status}' AND d.delivery_id > $2 AND d.delivery_id < $3
     AND ${REPLAYABLE} AND ${IS_WANTED('d.event', '$4')}`;

const COUNTS = bothStatuses(
  (status) =>
    new PreparedQuery<{ count: number }>(
      `SELECT count(*) FROM (SELECT 1 ${inLog(status)} LIMIT $5) AS counted`,
    ),
);

const DELIVERIES = bothStatuses(
  (status) =>
    new PreparedQuery<Candidate>(
      `WITH candidate AS MATERIALIZED (
         SELECT d.delivery_id, d.event_id, d.event, coalesce(d.original_delivery_id, d.delivery_id) AS original_id
         ${inLog(status)} ORDER BY d.delivery_id NULLS FIRST LIMIT $5
       )
       SELECT c.delivery_id AS "candidateId", c.event_id AS "eventId", c.event, c.original_id AS "originalDeliveryId",
         e.conversation_id AS "conversationId", e.event_id IS NOT NULL AS "isPayloadKept",
         coalesce(k.is_delivered, false) AS "isDelivered", coalesce(k.is_repeated, false) AS "isRepeated",
         EXISTS (SELECT FROM pending_deliveries p WHERE p.event_id = c.event_id AND p.webhook_id = $1) AS "isPending"
       FROM candidate c LEFT JOIN events e USING (event_id) CROSS JOIN LATERAL (
         SELECT bool_or(d.status = 'success') AS is_delivered, bool_or(d.delivery_id >= $6) AS is_repeated
         FROM deliveries d WHERE d.event_id = c.event_id AND d.webhook_id = $1 AND ${REPLAYABLE}
           AND d.delivery_id >= ${SINCE_EVENT('c.event_id')}) k
       ORDER BY c.delivery_id`,
    ),
);

/**
 * Requests of IM servers are kept whole for webhooks of format `raw`, and as the events they were read as for all
 * others. `$7` is the webhook.
 */
const IS_IN_FORM = `CASE WHEN ${isRawRequest('e')} OR e.received_from LIKE 'source:%'
  THEN ${isRawRequest('e')} = ((SELECT format FROM webhook_configs WHERE webhook_id = $7) = 'raw') ELSE true END`;

const EVENTS = new PreparedQuery<{
  eventId: string;
  event: string;
  conversationId: string | null;
  isWanted: boolean;
}>(
  `SELECT e.event_id AS "eventId", e.event, e.conversation_id AS "conversationId",
     ${IS_WANTED('e.event', '$4')} AND ${IS_WANTED('e.event', '$5')} AND ${IS_IN_FORM} AS "isWanted"
   FROM events e WHERE e.app_id = $1 AND e.event_id > $2 AND e.event_id < $3
   ORDER BY e.event_id NULLS FIRST LIMIT $6`,
);

/** Excludes events that had a delivery for the webhook, or were made for a test or a before-callback. */
const PLANNED = new PreparedQuery<{ eventId: string }>(
  `SELECT e.event_id AS "eventId" FROM unnest($2::uuid[]) AS e(event_id)
   WHERE EXISTS (SELECT FROM pending_deliveries p WHERE p.event_id = e.event_id
       AND (p.webhook_id = $1 OR p.kind NOT IN ('event', 'redelivery')))
     OR EXISTS (SELECT FROM deliveries d
       WHERE d.event_id = e.event_id AND d.delivery_id >= ${SINCE_EVENT('e.event_id')}
         AND (d.webhook_id = $1 OR NOT ${REPLAYABLE})
         -- A replay that was canceled with its recovery was never sent.
         AND NOT (d.status = 'canceled' AND d.recovery_id IS NOT NULL AND d.recovery_id <> $3))`,
);

/** @returns how many candidates there are; null: not counted */
export async function countCandidates(manager: EntityManager, scan: Scan): Promise<number | null> {
  if (scan.status === 'missing') return null;
  const { webhookId, cursorId, endId, events } = scan;
  const values = [webhookId, cursorId, endId, likePatternsOf(events), MAX_COUNTED + 1];
  const [row] = await COUNTS[scan.status].run(manager, values);
  return row === undefined || row.count > MAX_COUNTED ? null : row.count;
}

/** Reads the next candidates, each with what is known of its callback. */
export function scanCandidates(manager: EntityManager, scan: Scan): Promise<Scanned> {
  return scan.status === 'missing' ? scanEvents(manager, scan) : scanDeliveries(manager, scan, scan.status);
}

async function scanDeliveries(
  manager: EntityManager,
  { recoveryId, webhookId, cursorId, endId, events }: Scan,
  status: 'failed' | 'skipped',
): Promise<Scanned> {
  const begunAt = lowestIdAt(instantOfId(recoveryId));
  const values = [webhookId, cursorId, endId, likePatternsOf(events), DELIVERIES_A_STEP, begunAt];
  const candidates = await DELIVERIES[status].run(manager, values);
  const last = candidates.at(-1);
  return { candidates, nextId: candidates.length < DELIVERIES_A_STEP ? null : (last?.candidateId ?? null) };
}

async function scanEvents(manager: EntityManager, scan: Scan): Promise<Scanned> {
  const { recoveryId, webhookId, appId, cursorId, endId } = scan;
  const patterns = [likePatternsOf(scan.events), likePatternsOf(scan.webhookEvents)];
  const events = await EVENTS.run(manager, [appId, cursorId, endId, ...patterns, EVENTS_A_STEP, webhookId]);
  const wanted = events.filter(({ isWanted }) => isWanted);
  const eventIds = wanted.map(({ eventId }) => eventId);
  const planned = eventIds.length === 0 ? [] : await PLANNED.run(manager, [webhookId, eventIds, recoveryId]);
  const known = new Set(planned.map(({ eventId }) => eventId));
  return {
    candidates: wanted.flatMap(({ eventId, event, conversationId }) =>
      known.has(eventId) ? [] : [{ ...MISSING, candidateId: eventId, eventId, event, conversationId }],
    ),
    nextId: events.length < EVENTS_A_STEP ? null : (events.at(-1)?.eventId ?? null),
  };
}

const MISSING = {
  originalDeliveryId: null,
  isPayloadKept: true,
  isDelivered: false,
  isPending: false,
  isRepeated: false,
} as const;

function bothStatuses<T>(make: (status: 'failed' | 'skipped') => T): Record<'failed' | 'skipped', T> {
  return { failed: make('failed'), skipped: make('skipped') };
}
