/** Reads the counts of before-callbacks by the minute. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface BeforeCounts {
  allowed: number;
  denied: number;
  modified: number;
  byDeadline: number;
  byBreaker: number;
  byInvalidAnswer: number;
  byError: number;
  latencyMsSum: number;
  /** null: there was none. */
  latencyMsMax: number | null;
}

export interface PolicyShare {
  webhookId: string;
  questions: number;
  /** Of these, decided by the policy. */
  byPolicy: number;
}

const BY_POLICY = 'by_deadline + by_breaker - by_pause + by_invalid_answer + by_error';
const sumOf = (column: string) => `coalesce(sum(${column}), 0)::int`;

@Injectable()
export class BeforeCountsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param from with its whole minute @param to with its whole minute, unless it begins there */
  async sumUp(webhookId: string, from: Date, to: Date): Promise<BeforeCounts> {
    const [row] = await this.dataSource.query<[BeforeCounts]>(
      `SELECT ${sumOf('allowed')} AS allowed, ${sumOf('denied')} AS denied, ${sumOf('modified')} AS modified,
         ${sumOf('by_deadline')} AS "byDeadline", ${sumOf('by_breaker')} AS "byBreaker",
         ${sumOf('by_invalid_answer')} AS "byInvalidAnswer", ${sumOf('by_error')} AS "byError",
         coalesce(sum(latency_ms_sum), 0) AS "latencyMsSum", max(latency_ms_max) AS "latencyMsMax"
       FROM before_counts
       WHERE webhook_id = $1 AND minute_at >= date_trunc('minute', $2::timestamptz) AND minute_at < $3`,
      [webhookId, from, to],
    );
    return row;
  }

  /**
   * Of webhooks whose policy decided at least once since then, without what came while a person had paused them.
   *
   * @param webhookIds null: all
   */
  countByPolicy(webhookIds: readonly string[] | null, since: Date): Promise<PolicyShare[]> {
    return this.dataSource.query<PolicyShare[]>(
      `SELECT webhook_id AS "webhookId", ${sumOf('allowed + denied + modified - by_pause')} AS questions,
         ${sumOf(BY_POLICY)} AS "byPolicy"
       FROM before_counts
       WHERE minute_at >= date_trunc('minute', $1::timestamptz) AND ($2::uuid[] IS NULL OR webhook_id = ANY($2))
       GROUP BY webhook_id HAVING sum(${BY_POLICY}) > 0 ORDER BY webhook_id`,
      [since, webhookIds],
    );
  }
}
