/** Which keys have sealed anything that may still be there, each with a value that opens under it alone. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SECRETS_KEY_LOCK } from '../../../platform/database/advisory-locks.js';

export interface SealingKey {
  /** What values that it sealed begin with. */
  mark: Buffer;
  checkValue: Buffer;
}

@Injectable()
export class SealingKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Decides what becomes of the keys while no other process does; nothing is changed when it throws. */
  settle(decide: (keys: SealingKey[]) => Promise<{ add: SealingKey[]; forget: Buffer[] }>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SECRETS_KEY_LOCK]);
      const keys = await manager.query<SealingKey[]>(
        'SELECT mark, check_value AS "checkValue" FROM sealing_keys ORDER BY first_used_at, mark',
      );
      const { add, forget } = await decide(keys);
      if (forget.length > 0) await manager.query('DELETE FROM sealing_keys WHERE mark = ANY($1)', [forget]);
      for (const { mark, checkValue } of add) {
        await manager.query('INSERT INTO sealing_keys (mark, check_value) VALUES ($1, $2)', [
          mark,
          checkValue,
        ]);
      }
    });
  }
}
