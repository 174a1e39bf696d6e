/** Loads what an attempt needs, for many deliveries in one query. */
import { Injectable } from '@nestjs/common';
import type { DeliveryKind } from '@im/contracts/api/deliveries';
import type { BatchSettings, CallbackFormat, SignatureScheme } from '@im/contracts/api/delivery-settings';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { DataSource } from 'typeorm';
import type { StoredSecrets } from '../../apps/domain/secret-rotation.js';

/** Its secrets are the webhook's own; where there is none, the AppSecret signs. */
export interface DeliveryWork extends StoredSecrets {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  appId: string;
  event: string;
  kind: DeliveryKind;
  attempts: number;
  maxAttempts: number;
  occurredAt: Date;
  /** The event's `data` as raw JSON text. */
  payload: string;
  conversationId: string | null;
  url: string;
  format: CallbackFormat;
  signatureScheme: SignatureScheme;
  batch: BatchSettings | null;
  headers: Record<string, string>;
  timeoutMs: number;
  retryPolicy: RetryPolicy;
  isEnabled: boolean;
  isDeleted: boolean;
}

@Injectable()
export class DeliveryWorkRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Deliveries that are still pending; settled and unknown ones are absent. */
  async load(deliveryIds: string[]): Promise<Map<string, DeliveryWork>> {
    const [lowest, highest] = bounds(deliveryIds);
    const rows = await this.dataSource.query<DeliveryWork[]>(
      `SELECT d.delivery_id AS "deliveryId", d.callback_id AS "callbackId", d.event_id AS "eventId",
              d.webhook_id AS "webhookId", d.app_id AS "appId", d.event, d.kind, d.attempts,
              d.max_attempts AS "maxAttempts", e.occurred_at AS "occurredAt", e.payload,
              e.conversation_id AS "conversationId", w.url, w.headers, w.format, w.batch,
              w.signature_scheme AS "signatureScheme",
              w.timeout_ms AS "timeoutMs", w.retry_policy AS "retryPolicy", w.secret_ciphertext AS "secretCiphertext",
              w.next_secret_ciphertext AS "nextSecretCiphertext",
              w.previous_secret_ciphertext AS "previousSecretCiphertext",
              w.previous_secret_expires_at AS "previousSecretExpiresAt",
              w.is_enabled AS "isEnabled", w.deleted_at IS NOT NULL AS "isDeleted"
       FROM deliveries d
       JOIN events e ON e.event_id = d.event_id
       JOIN webhook_configs w ON w.webhook_id = d.webhook_id
       WHERE d.delivery_id = ANY($1) AND d.delivery_id >= $2 AND d.delivery_id <= $3 AND d.status = 'pending'`,
      [deliveryIds, lowest, highest],
    );
    return new Map(rows.map((row) => [row.deliveryId, row]));
  }
}

/** Lowest and highest id; with them PostgreSQL skips the partitions of other days. */
export function bounds(ids: readonly string[]): [lowest: string, highest: string] {
  let lowest = ids[0] ?? '';
  let highest = lowest;
  for (const id of ids) {
    if (id < lowest) lowest = id;
    if (id > highest) highest = id;
  }
  return [lowest, highest];
}
