import type { DeliveryKind } from '@im/contracts/api/deliveries';
import type { EntityManager } from 'typeorm';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import { countCreated, countSkipped } from './count-sql.js';
import { PLAN_COLUMNS } from './delivery-columns.js';

/** A delivery before its first attempt. */
export interface PlannedDelivery {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  appId: string;
  event: string;
  kind: DeliveryKind;
  /** `skipped`: the webhook was disabled when the event came. */
  status: 'pending' | 'skipped';
  maxAttempts: number;
  createdAt: Date;
  /** The conversation whose order is kept; null: none. */
  orderedConversationId: string | null;
  originalDeliveryId: string | null;
  /** It waits while its webhook is paused or its breaker open, even if a person asked for it: it is not handed over. */
  isHeldBack: boolean;
}

/**
 * Writes planned deliveries, and counts them.
 *
 * @param claimableInMs the initial lease, while its hint is on the way or this process has it. Ordered or held
 * deliveries are claimable at once, since the order or the breaker decides.
 */
export async function insertDeliveries(
  manager: Pick<EntityManager, 'query'>,
  planned: readonly PlannedDelivery[],
  claimableInMs: number,
): Promise<void> {
  const pending = planned.filter((row) => row.status === 'pending');
  const skipped = planned.filter((row) => row.status !== 'pending');
  if (pending.length > 0) await manager.query(INSERT_PENDING, [...columnsOf(pending), claimableInMs]);
  if (skipped.length > 0) await manager.query(INSERT_SKIPPED, columnsOf(skipped));
}

const INPUT = `
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::smallint[],
    $9::timestamptz[], $10::text[], $11::uuid[], $12::boolean[])
    AS t(delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts, created_at,
      conversation_id, original_delivery_id, is_held_back)`;

/** How many parameters {@link insertPlanned} has; those of a statement around it follow. */
export const PLANNED_PARAMETERS = 13;

/**
 * SQL: writes the pending deliveries of {@link columnsOf}, as `planned`; `$13`: see {@link insertDeliveries}. All but
 * those of kind event were asked for by a person, so they are not held unless the plan says so.
 *
 * @param which a condition over the rows, when not all of them are written
 */
export const insertPlanned = (which = 'true'): string => `planned AS (
  INSERT INTO pending_deliveries (${PLAN_COLUMNS}, conversation_id, next_attempt_at, claimable_at, passes_holds)
  SELECT ${PLAN_COLUMNS}, conversation_id, now(),
    now() + CASE WHEN conversation_id IS NULL AND NOT is_held_back THEN $13::integer ELSE 0 END * interval '1 millisecond',
    kind <> 'event' AND NOT is_held_back
  ${INPUT}
  WHERE ${which}
  RETURNING delivery_id, webhook_id, event, kind)`;

const INSERT_PENDING = `WITH ${insertPlanned()} ${countCreated('planned')}`;

const INSERT_SKIPPED = `WITH skipped AS (
  INSERT INTO deliveries (${PLAN_COLUMNS}, status, completed_at)
  SELECT ${PLAN_COLUMNS}, 'skipped', created_at ${INPUT}
  RETURNING delivery_id, webhook_id, event, kind) ${countSkipped('skipped')}`;

export function columnsOf(planned: readonly PlannedDelivery[]): unknown[] {
  return [
    plainArray(planned.map((row) => row.deliveryId)),
    plainArray(planned.map((row) => row.callbackId)),
    plainArray(planned.map((row) => row.eventId)),
    plainArray(planned.map((row) => row.webhookId)),
    plainArray(planned.map((row) => row.appId)),
    textArray(planned.map((row) => row.event)),
    plainArray(planned.map((row) => row.kind)),
    plainArray(planned.map((row) => row.maxAttempts)),
    plainArray(planned.map((row) => row.createdAt.toISOString())),
    textArray(planned.map((row) => row.orderedConversationId)),
    plainArray(planned.map((row) => row.originalDeliveryId)),
    plainArray(planned.map((row) => row.isHeldBack)),
  ];
}
