/** Reads one delivery of the log with its attempts and its event. */
import { Injectable } from '@nestjs/common';
import type { BeforeDecider, BeforeOutcome } from '@im/contracts/api/before-constants';
import type {
  CancelReason,
  DeliveryHolder,
  DeliveryKind,
  DeliveryStatus,
  ErrorClass,
} from '@im/contracts/api/deliveries';
import type { CallbackFormat } from '@im/contracts/api/delivery-settings';
import { DataSource } from 'typeorm';
import type { ReceivedFromRow } from '../domain/received-from.js';
import { HELD_BY } from './held-by.js';
import { RECEIVED_FROM_COLUMNS } from './received-from-sql.js';
import { MAX_SUBJECT_PAYLOAD } from '../domain/event-subject.js';

export interface DeliveryRow {
  deliveryId: string;
  callbackId: string;
  eventId: string;
  webhookId: string;
  event: string;
  kind: DeliveryKind;
  status: DeliveryStatus;
  heldBy: DeliveryHolder | null;
  attempts: number;
  maxAttempts: number;
  nextAttemptAt: Date | null;
  responseStatus: number | null;
  errorClass: ErrorClass | null;
  /** Of the last attempt. */
  errorMessage: string | null;
  durationMs: number | null;
  createdAt: Date;
  completedAt: Date | null;
  cancelReason: CancelReason | null;
  /** null unless the kind is `before`. */
  decision: BeforeOutcome | null;
  decidedBy: BeforeDecider | null;
  originalDeliveryId: string | null;
  isWebhookDeleted: boolean;
  /** Attempts the webhook's policy allows now. */
  policyMaxAttempts: number;
  /** The webhook's now; its query is sealed. */
  url: string;
  sealedSettings: Buffer | null;
  /** The webhook's now. */
  format: CallbackFormat;
}

export interface EventRow extends ReceivedFromRow {
  occurredAt: Date;
  payload: string;
  conversationId: string | null;
  messageId: string | null;
}

export interface SubjectRow {
  eventId: string;
  messageId: string | null;
  conversationId: string | null;
  /** null: it is large. */
  payload: string | null;
}

export interface AttemptRow {
  attempt: number;
  startedAt: Date;
  durationMs: number;
  dnsMs: number | null;
  connectMs: number | null;
  tlsMs: number | null;
  firstByteMs: number | null;
  remoteAddress: string | null;
  requestHeaders: string;
  responseStatus: number | null;
  responseHeaders: string | null;
  responseBody: string | null;
  isResponseTruncated: boolean;
  errorClass: ErrorClass | null;
  errorMessage: string | null;
  /** JSON of the evidence of a failure. */
  evidence: string | null;
  /** Null: it was no refused batch that was split. */
  isSplit: boolean | null;
}

/** Of a row of the log, `d`, and its webhook, `w`. */
export const DELIVERY_COLUMNS = `
  d.delivery_id AS "deliveryId", d.callback_id AS "callbackId", d.event_id AS "eventId",
  d.webhook_id AS "webhookId", d.event, d.kind, d.status, ${HELD_BY} AS "heldBy", d.attempts, d.max_attempts AS "maxAttempts",
  d.next_attempt_at AS "nextAttemptAt", d.response_status AS "responseStatus", d.error_class AS "errorClass",
  CASE WHEN d.error_class IS NOT NULL THEN (SELECT a.error_message FROM attempts a
    WHERE a.delivery_id = d.delivery_id AND a.attempt = d.attempts) END AS "errorMessage",
  d.duration_ms AS "durationMs", d.created_at AS "createdAt", d.completed_at AS "completedAt",
  d.cancel_reason AS "cancelReason", d.decision, d.decided_by AS "decidedBy",
  d.original_delivery_id AS "originalDeliveryId", w.deleted_at IS NOT NULL AS "isWebhookDeleted",
  (w.retry_policy->>'maxAttempts')::int AS "policyMaxAttempts", w.url, w.sealed_settings AS "sealedSettings",
  w.format`;

@Injectable()
export class DeliveryLogRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(appId: string, deliveryId: string): Promise<DeliveryRow | undefined> {
    const rows = await this.dataSource.query<DeliveryRow[]>(
      `SELECT ${DELIVERY_COLUMNS} FROM delivery_log d JOIN webhook_configs w USING (webhook_id)
       WHERE d.delivery_id = $1 AND d.app_id = $2`,
      [deliveryId, appId],
    );
    return rows[0];
  }

  attemptsOf(deliveryId: string): Promise<AttemptRow[]> {
    return this.dataSource.query<AttemptRow[]>(
      `SELECT attempt, started_at AS "startedAt", duration_ms AS "durationMs", dns_ms AS "dnsMs", connect_ms AS "connectMs",
              tls_ms AS "tlsMs", first_byte_ms AS "firstByteMs", remote_address AS "remoteAddress",
              request_headers AS "requestHeaders", response_status AS "responseStatus",
              response_headers AS "responseHeaders", response_body AS "responseBody",
              is_response_truncated AS "isResponseTruncated", error_class AS "errorClass", error_message AS "errorMessage",
              evidence, is_split AS "isSplit"
       FROM attempts WHERE delivery_id = $1 ORDER BY attempt`,
      [deliveryId],
    );
  }

  /** The parts of an event that go into a callback; its payload is raw. */
  async eventOf(eventId: string): Promise<EventRow | undefined> {
    const rows = await this.dataSource.query<EventRow[]>(
      `SELECT e.occurred_at AS "occurredAt", e.payload, e.conversation_id AS "conversationId", e.message_id AS "messageId", ${RECEIVED_FROM_COLUMNS}
       FROM events e WHERE e.event_id = $1`,
      [eventId],
    );
    return rows[0];
  }

  /** What the events of a page of the log are about; those no longer kept are left out. */
  subjectsOf(eventIds: readonly string[]): Promise<SubjectRow[]> {
    return this.dataSource.query<SubjectRow[]>(
      `SELECT event_id AS "eventId", message_id AS "messageId", conversation_id AS "conversationId",
              CASE WHEN pg_column_size(payload) <= ${String(MAX_SUBJECT_PAYLOAD)} THEN payload END AS payload
       FROM events WHERE event_id = ANY($1::uuid[])`,
      [eventIds],
    );
  }
}
