import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

export interface StoredSecondFactor {
  secretCiphertext: Buffer;
  /** Null: set-up was begun and not finished. */
  confirmedAt: Date | null;
  recoveryCodesLeft: number;
}

export interface ConfirmedSecondFactor {
  userId: string;
  /** The secret that the code was made with; when it was replaced meanwhile, nothing is confirmed. */
  secretCiphertext: Buffer;
  step: number;
  recoveryCodeHashes: readonly Buffer[];
  /** The session that goes on; the user's others end. */
  sessionId: string;
  now: Date;
}

@Injectable()
export class SecondFactorsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(userId: string): Promise<StoredSecondFactor | undefined> {
    const rows = await this.dataSource.query<StoredSecondFactor[]>(
      `SELECT secret_ciphertext AS "secretCiphertext", confirmed_at AS "confirmedAt",
              (SELECT count(*) FROM recovery_codes c WHERE c.user_id = f.user_id AND c.used_at IS NULL)
                AS "recoveryCodesLeft"
       FROM second_factors f WHERE user_id = $1`,
      [userId],
    );
    return rows[0];
  }

  /** Which of the users have one that is confirmed. */
  async findConfirmed(userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ userId: string }[]>(
      `SELECT user_id AS "userId" FROM second_factors WHERE user_id = ANY($1::uuid[]) AND confirmed_at IS NOT NULL`,
      [userIds],
    );
    return new Set(rows.map((row) => row.userId));
  }

  /** Replaces a set-up that was begun before. @returns false when the user has a second factor already */
  async begin(userId: string, secretCiphertext: Buffer, now: Date): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `INSERT INTO second_factors AS f (user_id, secret_ciphertext, created_at) VALUES ($1, $2, $3)
       ON CONFLICT (user_id) DO UPDATE SET secret_ciphertext = $2, created_at = $3 WHERE f.confirmed_at IS NULL
       RETURNING user_id`,
      [userId, secretCiphertext, now],
    );
    return rows.length > 0;
  }

  /** From here on the second factor counts. @returns false when somebody was faster */
  confirm(confirmed: ConfirmedSecondFactor): Promise<boolean> {
    const { userId, secretCiphertext, step, recoveryCodeHashes, sessionId, now } = confirmed;
    return this.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[unknown[], number]>(
        `UPDATE second_factors SET confirmed_at = $3, last_used_step = $4
         WHERE user_id = $1 AND secret_ciphertext = $2 AND confirmed_at IS NULL RETURNING user_id`,
        [userId, secretCiphertext, now, step],
      );
      if (rows.length === 0) return false;
      await manager.query('INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])', [
        userId,
        recoveryCodeHashes,
      ]);
      await manager.query('DELETE FROM sessions WHERE user_id = $1 AND session_id <> $2', [
        userId,
        sessionId,
      ]);
      return true;
    });
  }

  /** @returns false when a code of this step or of a later one was used before */
  async useStep(userId: string, step: number): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE second_factors SET last_used_step = $2
       WHERE user_id = $1 AND confirmed_at IS NOT NULL AND (last_used_step IS NULL OR last_used_step < $2)
       RETURNING user_id`,
      [userId, step],
    );
    return rows.length > 0;
  }

  /** @returns false when there is no such code or it was used before */
  async useRecoveryCode(userId: string, codeHash: Buffer, now: Date): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE recovery_codes SET used_at = $3
       WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL RETURNING user_id`,
      [userId, codeHash, now],
    );
    return rows.length > 0;
  }

  /** With its recovery codes. @returns whether there was one that counted */
  async remove(userId: string): Promise<boolean> {
    const [rows] = await this.dataSource.query<[{ wasConfirmed: boolean }[], number]>(
      'DELETE FROM second_factors WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS "wasConfirmed"',
      [userId],
    );
    return rows[0]?.wasConfirmed ?? false;
  }
}
