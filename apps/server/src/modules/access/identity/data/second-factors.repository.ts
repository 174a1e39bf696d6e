import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, Not } from 'typeorm';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { endSessionsOf } from './sessions.repository.js';

export interface StoredSecondFactor {
  secretCiphertext: Buffer;
  /** Null: set-up was begun and not finished. */
  confirmedAt: Date | null;
  recoveryCodesLeft: number;
}

export interface ConfirmedSecondFactor {
  userId: string;
  /** The secret that the code was made with; if it was replaced meanwhile, nothing is confirmed. */
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

  /** Which of the users have a confirmed second factor. */
  async findConfirmed(userIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.getRepository(SecondFactorEntity).find({
      select: { userId: true },
      where: { userId: In(userIds), confirmedAt: Not(IsNull()) },
    });
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

  /** Confirms the second factor. @returns false when another request was first */
  confirm(confirmed: ConfirmedSecondFactor): Promise<boolean> {
    const { userId, secretCiphertext, step, recoveryCodeHashes, sessionId, now } = confirmed;
    return this.dataSource.transaction(async (manager) => {
      const begun = { userId, secretCiphertext, confirmedAt: IsNull() };
      const change = { confirmedAt: now, lastUsedStep: step };
      const { affected } = await manager.update(SecondFactorEntity, begun, change);
      if (affected === 0) return false;
      const codes = recoveryCodeHashes.map((codeHash) => ({ userId, codeHash }));
      await manager.insert(RecoveryCodeEntity, codes);
      await endSessionsOf(manager, userId, sessionId);
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
    const codes = this.dataSource.getRepository(RecoveryCodeEntity);
    const { affected } = await codes.update({ userId, codeHash, usedAt: IsNull() }, { usedAt: now });
    return affected === 1;
  }

  /** Deletes it and its recovery codes. @returns whether there was a confirmed one */
  async remove(userId: string): Promise<boolean> {
    const [rows] = await this.dataSource.query<[{ wasConfirmed: boolean }[], number]>(
      'DELETE FROM second_factors WHERE user_id = $1 RETURNING confirmed_at IS NOT NULL AS "wasConfirmed"',
      [userId],
    );
    return rows[0]?.wasConfirmed ?? false;
  }
}
