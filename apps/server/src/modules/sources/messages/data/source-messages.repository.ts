/** Stores the messages that are sent as a bot. A claim is a lease: `next_attempt_at` is moved ahead. */
import { Injectable } from '@nestjs/common';
import type { SourceMessage } from '@im/contracts/api/sources';
import { DataSource, type EntityManager } from 'typeorm';
import type { Transaction } from '../../../../platform/database/transaction.js';
import type { MessageFields } from '../domain/bot-message.js';

export interface SourceMessageRow extends Omit<SourceMessage, 'nextAttemptAt' | 'createdAt' | 'completedAt'> {
  nextAttemptAt: Date | null;
  createdAt: Date;
  completedAt: Date | null;
}

export interface NewMessage {
  messageId: string;
  sourceId: string;
  origin: SourceMessage['origin'];
  deliveryId: string | null;
  dialogId: string;
  fields: MessageFields;
  /** Why it cannot be sent at all; null: it waits for the worker. */
  error: string | null;
}

export interface ClaimedMessage {
  messageId: string;
  sourceId: string;
  attempts: number;
  fields: MessageFields;
}

/** What an attempt led to. */
export interface MessageAttempt {
  responseStatus: number | null;
  /** null: it is sent. */
  error: string | null;
  /** null: it is over. */
  retryInMs: number | null;
}

const COLUMNS = `message_id AS "messageId", source_id AS "sourceId", state, origin, delivery_id AS "deliveryId",
  dialog_id AS "dialogId", attempts, next_attempt_at AS "nextAttemptAt", response_status AS "responseStatus", error,
  created_at AS "createdAt", completed_at AS "completedAt"`;

@Injectable()
export class SourceMessagesRepository {
  constructor(private readonly dataSource: DataSource) {}

  transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(run);
  }

  /** @returns null: the delivery has its message already, or the source is gone */
  async insert(message: NewMessage, transaction?: Transaction): Promise<SourceMessageRow | null> {
    const manager: EntityManager = transaction ?? this.dataSource.manager;
    const { messageId, sourceId, origin, deliveryId, dialogId, fields, error } = message;
    const [row] = await manager.query<SourceMessageRow[]>(
      `INSERT INTO source_messages (message_id, source_id, state, origin, delivery_id, dialog_id, fields, attempts,
         next_attempt_at, error, created_at, completed_at)
       SELECT $1, source_id, CASE WHEN $7::text IS NULL THEN 'waiting' ELSE 'failed' END, $3, $4, $5, $6, 0,
         CASE WHEN $7::text IS NULL THEN now() END, $7, now(), CASE WHEN $7::text IS NOT NULL THEN now() END
       FROM sources WHERE source_id = $2
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [messageId, sourceId, origin, deliveryId, dialogId, JSON.stringify(fields), error],
    );
    return row ?? null;
  }

  /** How many wait, counted up to `limit`. */
  async countWaiting(sourceId: string, limit: number): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM (
         SELECT FROM source_messages WHERE source_id = $1 AND state = 'waiting' LIMIT $2) AS waiting`,
      [sourceId, limit],
    );
    return row?.count ?? 0;
  }

  /** Those due longest, of any source but the excluded ones; in the order in which they were made. */
  async claim(limit: number, leaseMs: number, excluded: readonly string[]): Promise<ClaimedMessage[]> {
    const [rows] = await this.dataSource.query<
      [(Omit<ClaimedMessage, 'fields'> & { fields: string })[], number]
    >(
      `WITH due AS (
         SELECT message_id FROM source_messages
         WHERE state = 'waiting' AND next_attempt_at <= now() AND source_id <> ALL($3::uuid[])
         ORDER BY next_attempt_at, message_id LIMIT $1 FOR UPDATE SKIP LOCKED
       )
       UPDATE source_messages m SET next_attempt_at = now() + $2::integer * interval '1 millisecond'
       FROM due WHERE m.message_id = due.message_id
       RETURNING m.message_id AS "messageId", source_id AS "sourceId", attempts, fields`,
      [limit, leaseMs, excluded],
    );
    return rows
      .map((row) => ({ ...row, fields: JSON.parse(row.fields) as MessageFields }))
      .sort((one, other) => (one.messageId < other.messageId ? -1 : 1));
  }

  /** The number of attempts guards the row: of two workers with the same message the second changes nothing. */
  async record({ messageId, attempts }: ClaimedMessage, attempt: MessageAttempt): Promise<void> {
    const { responseStatus, error, retryInMs } = attempt;
    await this.dataSource.query(
      `UPDATE source_messages SET attempts = attempts + 1, response_status = $3, error = $4,
         state = CASE WHEN $4::text IS NULL THEN 'sent' WHEN $5::integer IS NULL THEN 'failed' ELSE 'waiting' END,
         next_attempt_at = now() + $5::integer * interval '1 millisecond',
         completed_at = CASE WHEN $5::integer IS NULL THEN now() END
       WHERE message_id = $1 AND attempts = $2 AND state = 'waiting'`,
      [messageId, attempts, responseStatus, error, retryInMs],
    );
  }

  /** Ends the lease of messages that were not attempted. */
  async release(messages: readonly ClaimedMessage[], inMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE source_messages SET next_attempt_at = now() + $2::integer * interval '1 millisecond'
       WHERE message_id = ANY($1::uuid[]) AND state = 'waiting'`,
      [messages.map(({ messageId }) => messageId), inMs],
    );
  }

  /** Newest first; `beforeId` is the last id of the page before. */
  list(sourceId: string, limit: number, beforeId: string | null): Promise<SourceMessageRow[]> {
    return this.dataSource.query<SourceMessageRow[]>(
      `SELECT ${COLUMNS} FROM source_messages WHERE source_id = $1 AND ($3::uuid IS NULL OR message_id < $3)
       ORDER BY message_id DESC LIMIT $2`,
      [sourceId, limit, beforeId],
    );
  }

  /** Removes messages that have ended. @returns how many */
  async removeEnded(before: Date, limit: number): Promise<number> {
    const [, removed] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM source_messages WHERE message_id IN (
         SELECT message_id FROM source_messages WHERE state <> 'waiting' AND completed_at < $1 LIMIT $2)`,
      [before, limit],
    );
    return removed;
  }
}
