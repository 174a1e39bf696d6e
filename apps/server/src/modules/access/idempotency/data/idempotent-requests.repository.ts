/** Keeps the first answer to each Idempotency-Key. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface IdempotentRequest {
  requestId: string;
  contentCiphertext: Buffer;
  isAnswered: boolean;
}

export interface RequestToClaim extends Omit<IdempotentRequest, 'isAnswered'> {
  tenantId: string;
  keyHash: Buffer;
  createdAt: Date;
}

/** When a row may be replaced by a new request with its key. */
export interface GivesWay {
  answeredBefore: Date;
  /** Its process ended before it answered. */
  unansweredBefore: Date;
}

@Injectable()
export class IdempotentRequestsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns whether this request is the first of its key; false: another one is, or the tenant has too many */
  async claim(
    request: RequestToClaim,
    { answeredBefore, unansweredBefore }: GivesWay,
    max: number,
  ): Promise<boolean> {
    const { requestId, tenantId, keyHash, contentCiphertext, createdAt } = request;
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO idempotent_requests AS r (request_id, tenant_id, key_hash, content_ciphertext, is_answered, created_at)
       SELECT $1, $2, $3, $4, false, $5
       WHERE (SELECT count(*) FROM (SELECT 1 FROM idempotent_requests WHERE tenant_id = $2 LIMIT $8) AS kept) < $8
       ON CONFLICT (key_hash) DO UPDATE SET request_id = excluded.request_id,
         content_ciphertext = excluded.content_ciphertext, is_answered = false, created_at = excluded.created_at
       WHERE r.created_at < CASE WHEN r.is_answered THEN $6::timestamptz ELSE $7::timestamptz END
       RETURNING 1`,
      [requestId, tenantId, keyHash, contentCiphertext, createdAt, answeredBefore, unansweredBefore, max],
    );
    return rows.length > 0;
  }

  async find(keyHash: Buffer): Promise<IdempotentRequest | undefined> {
    const rows = await this.dataSource.query<IdempotentRequest[]>(
      `SELECT request_id AS "requestId", content_ciphertext AS "contentCiphertext", is_answered AS "isAnswered"
       FROM idempotent_requests WHERE key_hash = $1`,
      [keyHash],
    );
    return rows[0];
  }

  /** @returns at most `limit` */
  async count(tenantId: string, limit: number): Promise<number> {
    const [row] = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM (SELECT 1 FROM idempotent_requests WHERE tenant_id = $1 LIMIT $2) AS kept',
      [tenantId, limit],
    );
    return row?.count ?? 0;
  }

  async answer({ requestId, contentCiphertext }: Omit<IdempotentRequest, 'isAnswered'>): Promise<void> {
    await this.dataSource.query(
      'UPDATE idempotent_requests SET content_ciphertext = $2, is_answered = true WHERE request_id = $1',
      [requestId, contentCiphertext],
    );
  }

  /** So that the key can be used again. */
  async release(requestId: string): Promise<void> {
    await this.dataSource.query('DELETE FROM idempotent_requests WHERE request_id = $1', [requestId]);
  }
}
