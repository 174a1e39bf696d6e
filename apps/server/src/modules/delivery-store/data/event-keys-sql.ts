/**
 * SQL that claims the keys of events, so that a repetition is not stored again. A key belongs to the event that claimed
 * it first, until the repetition comes too late to be one.
 */
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';

/** The sender's own id, and the hash that a repetition must have to be a duplicate. */
export interface EventKey {
  value: string;
  contentHash: Buffer;
  /** A repetition after more milliseconds is an event of its own; absent: it never is. */
  withinMs?: number;
}

/** The event that has a key. */
export interface KeyHolder {
  eventId: string;
  contentHash: Buffer;
  deliveryCount: number;
}

export interface ClaimedKey extends EventKey {
  appId: string;
  /** The event that claims it. */
  eventId: string;
  deliveryCount: number;
}

const COLUMNS = 'app_id, key, event_id, content_hash, delivery_count';

/**
 * SQL: claims the keys of {@link keyColumnsOf}. `taken` has the events whose key another event holds.
 *
 * @param parameter the SQL of the parameter at a position, from 1
 * @param when a condition without which none is claimed
 */
export function claimKeys(parameter: (position: number) => string, when = 'true'): string {
  return `keyed AS MATERIALIZED (
    SELECT * FROM unnest(${parameter(1)}::uuid[], ${parameter(2)}::text[], ${parameter(3)}::uuid[],
      ${parameter(4)}::bytea[], ${parameter(5)}::int[], ${parameter(6)}::int[])
      AS k(${COLUMNS}, within_ms)
    WHERE ${when}
  ), reclaimed AS (
    UPDATE event_keys k SET event_id = late.event_id, content_hash = late.content_hash,
      delivery_count = late.delivery_count, created_at = now()
    FROM keyed late
    WHERE k.app_id = late.app_id AND k.key = late.key AND late.within_ms > 0
      AND k.created_at < now() - late.within_ms * interval '1 millisecond'
    RETURNING k.event_id
  ), claimed AS (
    INSERT INTO event_keys (${COLUMNS}) SELECT ${COLUMNS} FROM keyed
    ON CONFLICT (app_id, key) DO NOTHING RETURNING event_id
  ), taken AS MATERIALIZED (
    SELECT event_id FROM keyed
    WHERE event_id NOT IN (SELECT event_id FROM claimed UNION ALL SELECT event_id FROM reclaimed)
  )`;
}

/** SQL: the events that have keys. `$1` to `$3`: their claimants, their apps and the keys. */
export const HOLDERS_OF = `
  SELECT taken.event_id AS "claimant", k.event_id AS "eventId", k.content_hash AS "contentHash",
    k.delivery_count AS "deliveryCount"
  FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS taken(event_id, app_id, key) JOIN event_keys k USING (app_id, key)`;

/** In one order for all writers, so that batches do not deadlock. */
export function keyColumnsOf(claimed: readonly ClaimedKey[]): unknown[] {
  const keys = [...claimed].sort((a, b) => compare(a.appId, b.appId) || compare(a.value, b.value));
  return [
    plainArray(keys.map(({ appId }) => appId)),
    textArray(keys.map(({ value }) => value)),
    plainArray(keys.map(({ eventId }) => eventId)),
    keys.map(({ contentHash }) => contentHash),
    plainArray(keys.map(({ deliveryCount }) => deliveryCount)),
    plainArray(keys.map(({ withinMs }) => withinMs ?? null)),
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
