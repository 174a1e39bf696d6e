/**
 * Keeps answers of receivers that may ask for a reply, from the commit that records them until they are read. The reader
 * writes what follows in the same transaction, so none is lost and none is read twice.
 */
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import type { CallbackReply } from '../domain/callback-reply.js';

export interface AnsweredDelivery extends CallbackReply {
  deliveryId: string;
  eventId: string;
  /** Who handed the event in, such as `source:<id>`; null: its event is not kept any more, or it is not known. */
  receivedFrom: string | null;
  /** The event's payload as JSON text; null: it is not kept any more. */
  payload: string | null;
}

/** To be called in the transaction that records the deliveries, after they are in the log. */
export async function insertReplies(
  manager: EntityManager,
  replies: readonly (CallbackReply & { deliveryId: string })[],
): Promise<void> {
  if (replies.length === 0) return;
  await manager.query(
    `INSERT INTO callback_replies (delivery_id, event_id, webhook_id, app_id, answer, is_truncated)
     SELECT delivery_id, d.event_id, d.webhook_id, d.app_id, i.answer, i.is_truncated
     FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS i(delivery_id, answer, is_truncated)
     JOIN deliveries d USING (delivery_id) ON CONFLICT DO NOTHING`,
    [
      plainArray(replies.map(({ deliveryId }) => deliveryId)),
      textArray(replies.map(({ answer }) => answer)),
      plainArray(replies.map(({ isTruncated }) => isTruncated)),
    ],
  );
}

@Injectable()
export class CallbackRepliesRepository {
  /** Takes the oldest ones out, except those that another transaction holds. */
  take(manager: EntityManager, limit: number): Promise<AnsweredDelivery[]> {
    return manager.query<AnsweredDelivery[]>(
      `WITH taken AS (
         SELECT delivery_id FROM callback_replies ORDER BY delivery_id LIMIT $1 FOR UPDATE SKIP LOCKED
       ), removed AS (
         DELETE FROM callback_replies r USING taken WHERE r.delivery_id = taken.delivery_id RETURNING r.*
       )
       SELECT delivery_id AS "deliveryId", event_id AS "eventId", answer, is_truncated AS "isTruncated",
         received_from AS "receivedFrom", payload
       FROM removed LEFT JOIN events USING (event_id) ORDER BY delivery_id`,
      [limit],
    );
  }
}
