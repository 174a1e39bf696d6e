/** Removes rows that are over their retention, in batches with a commit each. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RETENTION_LOCK, tryLock } from './advisory-locks.js';

/** Small enough that a batch takes milliseconds and its locks disturb no other statement. */
const ROWS_PER_BATCH = 2_000;

export interface Removal {
  /** A table or a partition of one. */
  table: string;
  /** SQL: which rows `t` of it; parameters from `$1` on. */
  condition: string;
  parameters: unknown[];
  /** SQL: a further common table expression that removes what belongs to the rows `removed`. */
  follow?: string | undefined;
}

@Injectable()
export class RemoveRowsService {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns how many rows were removed, until there were no more or another process took over */
  async remove({ table, condition, parameters, follow = '' }: Removal): Promise<number> {
    const statement = `WITH removed AS (
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} t WHERE ${condition} LIMIT ${String(ROWS_PER_BATCH)})) RETURNING *
    ) ${follow} SELECT count(*) AS count FROM removed`;
    for (let removed = 0; ;) {
      const count = await this.removeBatch(table, statement, parameters);
      removed += count;
      if (count < ROWS_PER_BATCH) return removed;
    }
  }

  private removeBatch(table: string, statement: string, parameters: unknown[]): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await tryLock(manager, RETENTION_LOCK))) return 0;
      const [found] = await manager.query<{ exists: boolean }[]>(
        'SELECT to_regclass($1) IS NOT NULL AS exists',
        [table],
      );
      // Another process dropped the partition meanwhile.
      if (!found?.exists) return 0;
      const [row] = await manager.query<{ count: number }[]>(statement, parameters);
      return row?.count ?? 0;
    });
  }
}
