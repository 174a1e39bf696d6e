/** Which keys have sealed anything that may still be there, each with a value that opens under it alone. */
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { SECRETS_KEY_LOCK } from '../../../platform/database/advisory-locks.js';
import { SealingKeyEntity } from './sealing-key.entity.js';

export type SealingKey = Omit<SealingKeyEntity, 'firstUsedAt'>;

@Injectable()
export class SealingKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Decides what becomes of the keys while no other process does; nothing is changed when it throws. */
  settle(decide: (keys: SealingKey[]) => Promise<{ add: SealingKey[]; forget: Buffer[] }>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SECRETS_KEY_LOCK]);
      const keys = manager.getRepository(SealingKeyEntity);
      const { add, forget } = await decide(await keys.find({ order: { firstUsedAt: 'ASC', mark: 'ASC' } }));
      if (forget.length > 0) await keys.delete({ mark: In(forget) });
      if (add.length > 0) await keys.insert(add);
    });
  }
}
