/** Writes before-callbacks into the log, many at once: event, delivery, attempt and counts in one statement. */
import { Injectable } from '@nestjs/common';
import type { BeforeDecider, BeforeOutcome } from '@im/contracts/api/before-constants';
import type { ErrorClass } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import { plainArray, textArray } from '../../../platform/database/array-parameters.js';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import type { HttpOutcome } from '../../../platform/outgoing-http/http-outcome.js';
import { ATTEMPTS_INPUT, attemptColumnsOf, evidenceOf, loggedOf } from './attempt-columns.js';
import type { AttemptRecord } from './attempt-record.js';

export interface BeforeRecord {
  eventId: string;
  deliveryId: string;
  callbackId: string;
  webhookId: string;
  appId: string;
  event: string;
  conversationId: string | null;
  messageId: string | null;
  /** Users the question names, each once. */
  userIds: string[];
  /** The raw JSON text of the question. */
  payload: string;
  /** Who asked, as for events. */
  receivedFrom: string;
  askedAt: Date;
  decision: BeforeOutcome;
  decidedBy: BeforeDecider;
  latencyMs: number;
  /** A person had paused the webhook. */
  isPausedByPerson: boolean;
  /** null: the receiver was not asked. */
  request: { outcome: HttpOutcome; requestHeaders: string } | null;
}

@Injectable()
export class BeforeLogRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Writing a record again changes nothing. */
  async record(records: readonly BeforeRecord[]): Promise<void> {
    const asked = records.flatMap((record) => (record.request ? attemptOf(record, record.request) : []));
    await RECORD.run(this.dataSource, [
      ...attemptColumnsOf(asked),
      textArray(asked.map(({ outcome }) => evidenceOf(outcome))),
      ...recordColumnsOf(records),
      ...userColumnsOf(records),
    ]);
  }
}

function attemptOf(
  { deliveryId, webhookId }: BeforeRecord,
  { outcome, requestHeaders }: NonNullable<BeforeRecord['request']>,
): AttemptRecord {
  const status = outcome.errorClass === null ? 'success' : 'failed';
  const once = { attempt: 1, retryInMs: null, holdMs: 0 } as const;
  return { deliveryId, webhookId, kind: 'before', ...once, status, outcome, requestHeaders };
}

function recordColumnsOf(records: readonly BeforeRecord[]): unknown[] {
  const plain = (read: (record: BeforeRecord) => string | number | null) => plainArray(records.map(read));
  const text = (read: (record: BeforeRecord) => string | null) => textArray(records.map(read));
  return [
    plain((record) => record.eventId),
    plain((record) => record.deliveryId),
    plain((record) => record.callbackId),
    plain((record) => record.webhookId),
    plain((record) => record.appId),
    text((record) => record.event),
    text((record) => record.conversationId),
    text((record) => record.messageId),
    text((record) => record.payload),
    text((record) => record.receivedFrom),
    plain((record) => record.askedAt.toISOString()),
    plain((record) => record.decision),
    plain((record) => record.decidedBy),
    plain((record) => record.latencyMs),
    plain((record) => Number(record.request !== null)),
    plain((record) => record.request?.outcome.responseStatus ?? null),
    plain((record) => errorClassOf(record)),
    plainArray(records.map((record) => record.isPausedByPerson)),
  ];
}

function errorClassOf({ request }: BeforeRecord): ErrorClass | null {
  return request?.outcome.errorClass ?? null;
}

/** Each user with the position of the record that names it. */
function userColumnsOf(records: readonly BeforeRecord[]): unknown[] {
  const positions = records.flatMap(({ userIds }, index) => Array<number>(userIds.length).fill(index + 1));
  return [textArray(records.flatMap(({ userIds }) => userIds)), plainArray(positions)];
}

/** The parameters after those of the attempts. */
const AFTER_ATTEMPTS = 20;
const at = (position: number) => `$${String(AFTER_ATTEMPTS + position)}`;
const RECORD_TYPES = [
  ...['uuid', 'uuid', 'uuid', 'uuid', 'uuid', 'text', 'text', 'text', 'text', 'text', 'timestamptz'],
  ...['text', 'text', 'real', 'smallint', 'smallint', 'text', 'boolean'],
].map((type, index) => `${at(index + 1)}::${type}[]`);
const [USERS, POSITIONS] = [at(RECORD_TYPES.length + 1), at(RECORD_TYPES.length + 2)];
const countOf = (condition: string) => `count(*) FILTER (WHERE ${condition})`;

const RECORD = new PreparedQuery(`
  WITH ${ATTEMPTS_INPUT}, asked AS (
    SELECT * FROM unnest(${RECORD_TYPES.join(', ')}) WITH ORDINALITY
    AS t(event_id, delivery_id, callback_id, webhook_id, app_id, event, conversation_id, message_id, payload,
      received_from, asked_at, decision, decided_by, latency_ms, attempts, response_status, error_class, is_paused, position)
  ), stored AS (
    INSERT INTO events (event_id, app_id, event, occurred_at, received_at, conversation_id, message_id, payload, received_from)
    SELECT event_id, app_id, event, asked_at, asked_at, conversation_id, message_id, payload, received_from FROM asked
    ON CONFLICT DO NOTHING RETURNING event_id
  ), named AS (
    INSERT INTO event_users (app_id, user_id, event_id)
    SELECT a.app_id, u.user_id, a.event_id FROM unnest(${USERS}::text[], ${POSITIONS}::int[]) AS u(user_id, position)
    JOIN asked a USING (position) JOIN stored USING (event_id)
  ), recorded AS (
    INSERT INTO deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, status, attempts,
      max_attempts, response_status, error_class, duration_ms, created_at, completed_at, decision, decided_by)
    SELECT delivery_id, callback_id, event_id, webhook_id, app_id, event, 'before',
      CASE decided_by WHEN 'receiver' THEN 'success' ELSE 'failed' END, attempts, 1, response_status, error_class,
      latency_ms, asked_at, asked_at + latency_ms * interval '1 millisecond', decision, decided_by
    FROM asked ON CONFLICT DO NOTHING
    RETURNING delivery_id
  ), ${loggedOf('recorded', { mayFail: true })}
  -- In one order, so that processes do not deadlock.
  INSERT INTO before_counts (webhook_id, minute_at, allowed, denied, modified, by_deadline, by_breaker, by_pause,
    by_invalid_answer, by_error, latency_ms_sum, latency_ms_max)
  SELECT webhook_id, date_trunc('minute', asked_at), ${countOf("decision = 'allow'")}, ${countOf("decision = 'deny'")},
    ${countOf("decision = 'modify'")}, ${countOf("decided_by = 'deadline'")}, ${countOf("decided_by = 'breaker'")}, ${countOf('is_paused')},
    ${countOf("decided_by = 'invalid_answer'")}, ${countOf("decided_by = 'error'")}, sum(latency_ms::float8), max(latency_ms)
  FROM asked JOIN recorded USING (delivery_id) GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (webhook_id, minute_at) DO UPDATE SET allowed = before_counts.allowed + excluded.allowed,
    denied = before_counts.denied + excluded.denied, modified = before_counts.modified + excluded.modified,
    by_deadline = before_counts.by_deadline + excluded.by_deadline,
    by_breaker = before_counts.by_breaker + excluded.by_breaker,
    by_pause = before_counts.by_pause + excluded.by_pause,
    by_invalid_answer = before_counts.by_invalid_answer + excluded.by_invalid_answer,
    by_error = before_counts.by_error + excluded.by_error,
    latency_ms_sum = before_counts.latency_ms_sum + excluded.latency_ms_sum,
    latency_ms_max = greatest(before_counts.latency_ms_max, excluded.latency_ms_max)`);
