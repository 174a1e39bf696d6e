/** Stores test receivers, one for each app. */
import { Injectable } from '@nestjs/common';
import type { TestReceiverMode } from '@im/contracts/api/test-receiver-constants';
import { DataSource } from 'typeorm';
import type { ReceiverRow, TakenRequest } from '../receiver.js';

const COLUMNS = `app_id AS "appId", url_ciphertext AS "urlCiphertext", url_hash AS "urlHash",
  token_hash AS "tokenHash", mode`;

@Injectable()
export class ReceiversRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false: the app has one already, which stays */
  async insert(receiver: ReceiverRow, createdBy: string, createdAt: Date): Promise<boolean> {
    const { appId, urlCiphertext, urlHash, tokenHash, mode } = receiver;
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO test_receivers (app_id, url_ciphertext, url_hash, token_hash, mode, created_by, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (app_id) DO NOTHING RETURNING app_id`,
      [appId, urlCiphertext, urlHash, tokenHash, mode, createdBy, createdAt],
    );
    return rows.length > 0;
  }

  async find(appId: string): Promise<ReceiverRow | undefined> {
    return this.one('app_id = $1', [appId]);
  }

  /** Not of a deleted app. */
  async findByToken(tokenHash: Buffer): Promise<ReceiverRow | undefined> {
    return this.one(
      `token_hash = $1 AND EXISTS (
         SELECT FROM apps WHERE apps.app_id = test_receivers.app_id AND apps.deleted_at IS NULL)`,
      [tokenHash],
    );
  }

  /** @returns false: there is none */
  async setMode(appId: string, mode: TestReceiverMode): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      'UPDATE test_receivers SET mode = $2 WHERE app_id = $1 RETURNING app_id',
      [appId, mode],
    );
    return rows.length > 0;
  }

  /** Counts one more request. @returns undefined: there is no receiver */
  async take(appId: string): Promise<TakenRequest | undefined> {
    const [rows] = await this.dataSource.query<[TakenRequest[], number]>(
      `UPDATE test_receivers SET request_count = request_count + 1 WHERE app_id = $1
       RETURNING mode, request_count::text AS number`,
      [appId],
    );
    return rows[0];
  }

  async removeOfDeletedApps(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM test_receivers r USING apps a WHERE a.app_id = r.app_id AND a.deleted_at IS NOT NULL`,
    );
  }

  private async one(condition: string, parameters: unknown[]): Promise<ReceiverRow | undefined> {
    const [row] = await this.dataSource.query<ReceiverRow[]>(
      `SELECT ${COLUMNS} FROM test_receivers WHERE ${condition}`,
      parameters,
    );
    return row;
  }
}
