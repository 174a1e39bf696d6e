import type { EntityManager } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import { countCreated } from './count-sql.js';

export interface Replay {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  event: string;
  /** `event`: the first delivery the event has for the webhook. */
  kind: 'event' | 'redelivery';
  orderedConversationId: string | null;
  originalDeliveryId: string | null;
}

/** The fields that all replays of a recovery share. */
export interface ReplayTarget {
  recoveryId: string;
  webhookId: string;
  appId: string;
  maxAttempts: number;
}

/** Due at once and unclaimed: workers claim them when they have nothing live to send. */
const INSERT = new PreparedQuery(
  `WITH planned AS (
     INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
       next_attempt_at, claimable_at, created_at, conversation_id, original_delivery_id, recovery_id)
     SELECT delivery_id, callback_id, event_id, $8, $9, event, kind, $10, now(), now(), $11, conversation_id,
       original_delivery_id, $12
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::uuid[])
       AS t(delivery_id, callback_id, event_id, event, kind, conversation_id, original_delivery_id)
     RETURNING delivery_id, webhook_id, event, kind
   ) ${countCreated('planned')}`,
);

/** Inside the caller's transaction, and counted; the order given is the order of a conversation. */
export async function insertReplays(
  manager: EntityManager,
  { recoveryId, webhookId, appId, maxAttempts }: ReplayTarget,
  replays: readonly Replay[],
  at: Date,
): Promise<void> {
  if (replays.length === 0) return;
  await INSERT.run(manager, [
    replays.map((replay) => replay.deliveryId),
    replays.map((replay) => replay.callbackId),
    replays.map((replay) => replay.eventId),
    replays.map((replay) => replay.event),
    replays.map((replay) => replay.kind),
    replays.map((replay) => replay.orderedConversationId),
    replays.map((replay) => replay.originalDeliveryId),
    webhookId,
    appId,
    maxAttempts,
    at.toISOString(),
    recoveryId,
  ]);
}
