/** Stores which keys may have sealed stored values, each with a value that only it opens. */
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { SECRETS_KEY_LOCK } from '../../../platform/database/advisory-locks.js';
import { SealingKeyEntity } from './sealing-key.entity.js';

export type SealingKey = Omit<SealingKeyEntity, 'firstUsedAt'>;

@Injectable()
export class SealingKeysRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Changes the recorded keys, in one process at a time; nothing is changed when `decide` throws. */
  update(decide: (keys: SealingKey[]) => Promise<{ add: SealingKey[]; remove: Buffer[] }>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [SECRETS_KEY_LOCK]);
      const keys = manager.getRepository(SealingKeyEntity);
      const { add, remove } = await decide(await keys.find({ order: { firstUsedAt: 'ASC', mark: 'ASC' } }));
      if (remove.length > 0) await keys.delete({ mark: In(remove) });
      if (add.length > 0) await keys.insert(add);
    });
  }
}
