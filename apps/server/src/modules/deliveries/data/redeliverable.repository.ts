/** Delivers many deliveries of an app again, each callback once, in one commit. */
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lockOf, RECOVERY_LOCK } from '../../../platform/database/advisory-locks.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { insertDeliveries, type PlannedDelivery } from '../../delivery-store/data/insert-deliveries.js';

export interface RedeliverableRow {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  event: string;
  originalDeliveryId: string | null;
  /** The conversation whose order the webhook keeps now; null: none. */
  orderedConversationId: string | null;
  /** Attempts the webhook's policy allows now. */
  policyMaxAttempts: number;
}

/** Which of the deliveries named go out again. */
export interface Wanted {
  appId: string;
  deliveryIds: readonly string[];
  /** Only of these webhooks; null: of all of the app. */
  webhookIds: readonly string[] | null;
  /** Leaves out a callback of which a later delivery has arrived. */
  skipsArrived: boolean;
}

/**
 * In the order of their events. Nothing of a callback that waits already, without its payload, of a webhook that is
 * disabled or deleted, or of a question. Deliveries newer than the one named have higher ids.
 */
const REDELIVERABLE = `
  SELECT DISTINCT ON (d.event_id, d.webhook_id) d.delivery_id AS "deliveryId", d.callback_id AS "callbackId",
    d.event_id AS "eventId", d.webhook_id AS "webhookId", d.event, d.original_delivery_id AS "originalDeliveryId",
    CASE WHEN w.ordering = 'conversation' THEN e.conversation_id END AS "orderedConversationId",
    (w.retry_policy->>'maxAttempts')::int AS "policyMaxAttempts"
  FROM deliveries d JOIN webhook_configs w USING (webhook_id) JOIN events e USING (event_id)
  WHERE d.delivery_id = ANY($2::uuid[]) AND d.app_id = $1 AND d.kind <> 'before'
    AND w.is_enabled AND w.deleted_at IS NULL AND ($4::uuid[] IS NULL OR d.webhook_id = ANY($4))
    AND NOT EXISTS (SELECT FROM pending_deliveries p WHERE p.event_id = d.event_id AND p.webhook_id = d.webhook_id)
    AND NOT ($3 AND EXISTS (SELECT FROM deliveries later WHERE later.event_id = d.event_id
      AND later.webhook_id = d.webhook_id AND later.status = 'success' AND later.delivery_id > d.delivery_id))
  ORDER BY d.event_id, d.webhook_id, d.delivery_id`;

const WEBHOOKS = `
  SELECT DISTINCT webhook_id AS "webhookId" FROM deliveries
  WHERE delivery_id = ANY($2::uuid[]) AND app_id = $1 AND ($3::uuid[] IS NULL OR webhook_id = ANY($3)) ORDER BY 1`;

@Injectable()
export class RedeliverableRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * All or none. Requests and steps of recoveries for the same webhook are serialised, so that each sees what the other
   * has inserted. Workers find the deliveries with their next sweep.
   *
   * @param record writes what was done, in the same commit
   * @returns how many were inserted
   */
  redeliver(
    wanted: Wanted,
    plan: (row: RedeliverableRow) => PlannedDelivery,
    record: (inserted: number, transaction: Transaction) => Promise<void>,
  ): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      const { appId, deliveryIds, webhookIds, skipsArrived } = wanted;
      await lockWebhooks(manager, wanted);
      const rows = await manager.query<RedeliverableRow[]>(REDELIVERABLE, [
        appId,
        deliveryIds,
        skipsArrived,
        webhookIds,
      ]);
      await insertDeliveries(manager, rows.map(plan), 0);
      await record(rows.length, manager);
      return rows.length;
    });
  }
}

/** In the order of their ids, so that two requests never wait for each other. */
async function lockWebhooks(
  manager: EntityManager,
  { appId, deliveryIds, webhookIds }: Wanted,
): Promise<void> {
  const webhooks = await manager.query<{ webhookId: string }[]>(WEBHOOKS, [appId, deliveryIds, webhookIds]);
  for (const { webhookId } of webhooks) await lockOf(manager, RECOVERY_LOCK, webhookId);
}
