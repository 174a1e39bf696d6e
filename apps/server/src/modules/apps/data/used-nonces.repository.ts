import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface UsedNonce {
  appId: string;
  nonce: string;
}

@Injectable()
export class UsedNoncesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Stores nonces; an expired one counts as new. The rows are written in key order to avoid deadlocks, and the commit
   * does not wait for the disk: a nonce lost in a power cut could be replayed only within the signature's window.
   *
   * @param nonces without duplicates
   * @returns those that were new
   */
  insertNew(nonces: readonly UsedNonce[], now: Date, expiresAt: Date): Promise<UsedNonce[]> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SET LOCAL synchronous_commit = off');
      return manager.query<UsedNonce[]>(
        `INSERT INTO used_nonces AS u (app_id, nonce, expires_at)
         SELECT app_id, nonce, $3 FROM unnest($1::uuid[], $2::text[]) AS n (app_id, nonce)
         ORDER BY app_id, nonce
         ON CONFLICT (app_id, nonce) DO UPDATE SET expires_at = excluded.expires_at WHERE u.expires_at <= $4
         RETURNING app_id AS "appId", nonce`,
        [nonces.map(({ appId }) => appId), nonces.map(({ nonce }) => nonce), expiresAt, now],
      );
    });
  }

  async removeExpired(now: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM used_nonces WHERE expires_at <= $1', [now]);
  }
}
