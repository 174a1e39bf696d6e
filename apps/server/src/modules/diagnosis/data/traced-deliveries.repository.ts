/** Reads the log of some events, and the webhooks they may concern. */
import { Injectable } from '@nestjs/common';
import type { BeforeDecider, BeforeOutcome } from '@im/contracts/api/before-constants';
import type {
  CancelReason,
  DeliveryHolder,
  DeliveryKind,
  DeliveryStatus,
} from '@im/contracts/api/deliveries';
import type { DisabledReason } from '@im/contracts/api/webhooks';
import { DataSource } from 'typeorm';
import { HELD_BY } from '../../delivery-store/data/held-by.js';
import type { DiagnosedRow } from '../../deliveries/diagnose-row.js';

/** There may be any number of redeliveries of one event; more than this are not shown. */
const MAX_DELIVERIES_PER_EVENT = 200;
const MAX_ATTEMPTS = 2_000;
/** Enough to see what a receiver means; the log has the whole answer. */
const BODY_CHARACTERS = 2_000;
const MAX_WEBHOOKS = 200;

export interface TracedDeliveryRow {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  kind: DeliveryKind;
  status: DeliveryStatus;
  heldBy: DeliveryHolder | null;
  attempts: number;
  maxAttempts: number;
  nextAttemptAt: Date | null;
  createdAt: Date;
  completedAt: Date | null;
  cancelReason: CancelReason | null;
  decision: BeforeOutcome | null;
  decidedBy: BeforeDecider | null;
  originalDeliveryId: string | null;
}

export interface TracedAttemptRow extends DiagnosedRow {
  deliveryId: string;
  attempt: number;
}

export interface TracedWebhookRow {
  webhookId: string;
  name: string;
  /** Its query is sealed. */
  url: string;
  sealedSettings: Buffer | null;
  createdAt: Date;
  deletedAt: Date | null;
  isEnabled: boolean;
  disabledReason: DisabledReason | null;
  pausedAt: Date | null;
  pausedBy: string | null;
  probeAt: Date | null;
  rateLimitPerSecond: number;
}

@Injectable()
export class TracedDeliveriesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. */
  deliveriesOf(appId: string, eventIds: readonly string[]): Promise<TracedDeliveryRow[]> {
    return this.dataSource.query<TracedDeliveryRow[]>(
      `SELECT d.delivery_id AS "deliveryId", d.callback_id AS "callbackId", d.event_id AS "eventId",
         d.webhook_id AS "webhookId", d.kind, d.status, ${HELD_BY} AS "heldBy", d.attempts, d.max_attempts AS "maxAttempts",
         d.next_attempt_at AS "nextAttemptAt", d.created_at AS "createdAt", d.completed_at AS "completedAt",
         d.cancel_reason AS "cancelReason", d.decision, d.decided_by AS "decidedBy", d.original_delivery_id AS "originalDeliveryId"
       FROM unnest($2::uuid[]) AS sought(event_id) CROSS JOIN LATERAL (
         SELECT * FROM delivery_log d
         WHERE d.event_id = sought.event_id AND d.delivery_id > sought.event_id AND d.app_id = $1
         ORDER BY d.delivery_id DESC LIMIT ${String(MAX_DELIVERIES_PER_EVENT)}) d
       ORDER BY d.delivery_id`,
      [appId, eventIds],
    );
  }

  attemptsOf(deliveryIds: readonly string[]): Promise<TracedAttemptRow[]> {
    return this.dataSource.query<TracedAttemptRow[]>(
      `SELECT delivery_id AS "deliveryId", attempt, started_at AS "startedAt", duration_ms AS "durationMs",
         dns_ms AS "dnsMs", connect_ms AS "connectMs", tls_ms AS "tlsMs", first_byte_ms AS "firstByteMs",
         remote_address AS "remoteAddress", response_status AS "responseStatus",
         response_headers AS "responseHeaders", left(response_body, ${String(BODY_CHARACTERS)}) AS "responseBody",
         error_class AS "errorClass", evidence
       FROM attempts WHERE delivery_id = ANY($1::uuid[])
       ORDER BY delivery_id, attempt LIMIT ${String(MAX_ATTEMPTS)}`,
      [deliveryIds],
    );
  }

  /** The head of the conversation, for pending deliveries that keep an order. */
  async firstInLine(deliveryIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.dataSource.query<{ deliveryId: string; firstId: string }[]>(
      `SELECT p.delivery_id AS "deliveryId", first.delivery_id AS "firstId"
       FROM pending_deliveries p CROSS JOIN LATERAL (
         SELECT b.delivery_id FROM pending_deliveries b
         WHERE b.webhook_id = p.webhook_id AND b.conversation_id = p.conversation_id AND b.accepted_seq < p.accepted_seq
         ORDER BY b.accepted_seq LIMIT 1) first
       WHERE p.delivery_id = ANY($1::uuid[]) AND p.conversation_id IS NOT NULL`,
      [deliveryIds],
    );
    return new Map(rows.map(({ deliveryId, firstId }) => [deliveryId, firstId]));
  }

  /** Webhooks of the app that existed at some time since an instant, oldest first. */
  webhooksSince(appId: string, instant: Date): Promise<TracedWebhookRow[]> {
    return this.dataSource.query<TracedWebhookRow[]>(
      `SELECT w.webhook_id AS "webhookId", w.name, w.url, w.sealed_settings AS "sealedSettings", w.created_at AS "createdAt", w.deleted_at AS "deletedAt",
         w.is_enabled AS "isEnabled", w.disabled_reason AS "disabledReason", w.paused_since AS "pausedAt", w.paused_by AS "pausedBy", h.probe_at AS "probeAt",
         w.rate_limit_per_second AS "rateLimitPerSecond"
       FROM webhook_configs w JOIN webhook_health h USING (webhook_id)
       WHERE w.app_id = $1 AND (w.deleted_at IS NULL OR w.deleted_at >= $2)
       ORDER BY w.webhook_id LIMIT ${String(MAX_WEBHOOKS)}`,
      [appId, instant],
    );
  }
}
