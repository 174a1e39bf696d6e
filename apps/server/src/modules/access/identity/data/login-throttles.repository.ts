import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ThrottleState } from '../domain/login-throttle.js';

const COLUMNS = `
  throttle_key AS "throttleKey", failures, blocked_until AS "blockedUntil", updated_at AS "updatedAt"
`;

@Injectable()
export class LoginThrottlesRepository {
  constructor(private readonly dataSource: DataSource) {}

  find(throttleKeys: readonly string[]): Promise<ThrottleState[]> {
    return this.dataSource.query<ThrottleState[]>(
      `SELECT ${COLUMNS} FROM login_throttles WHERE throttle_key = ANY($1)`,
      [throttleKeys],
    );
  }

  /**
   * Reads and writes the states atomically, so that concurrent tries count one after another.
   *
   * @param decide computes the new states; when it throws nothing changes
   */
  async change(
    throttleKeys: readonly string[],
    now: Date,
    decide: (states: ThrottleState[]) => ThrottleState[],
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO login_throttles (throttle_key, failures, updated_at)
         SELECT key, 0, $2 FROM unnest($1::text[]) AS key ORDER BY key ON CONFLICT DO NOTHING`,
        [throttleKeys, now],
      );
      const states = await manager.query<ThrottleState[]>(
        `SELECT ${COLUMNS} FROM login_throttles WHERE throttle_key = ANY($1) ORDER BY throttle_key FOR UPDATE`,
        [throttleKeys],
      );
      const changed = decide(states);
      await manager.query(
        `UPDATE login_throttles AS t
         SET failures = c.failures, blocked_until = c.blocked_until, updated_at = c.updated_at
         FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::timestamptz[])
           AS c (throttle_key, failures, blocked_until, updated_at)
         WHERE t.throttle_key = c.throttle_key`,
        [
          changed.map((state) => state.throttleKey),
          changed.map((state) => state.failures),
          changed.map((state) => state.blockedUntil),
          changed.map((state) => state.updatedAt),
        ],
      );
    });
  }

  async remove(throttleKeys: readonly string[]): Promise<void> {
    await this.dataSource.query('DELETE FROM login_throttles WHERE throttle_key = ANY($1)', [throttleKeys]);
  }

  async removeUnchangedSince(instant: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM login_throttles WHERE updated_at < $1', [instant]);
  }
}
