/**
 * Statements of the hot paths, parsed and planned once a connection instead of each time: for a statement with several
 * writes to partitioned tables the planning costs more than the writing of some dozen rows.
 */
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryResult } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';

let isPreparing = true;

/** Behind a pooler in transaction mode that knows nothing of prepared statements they are sent in full each time. */
export function prepareQueries(isOn: boolean): void {
  isPreparing = isOn;
}

/** A statement that is sent again and again; its text never changes. */
export class PreparedQuery<Row = unknown> {
  private readonly name: string;

  constructor(private readonly text: string) {
    // Two versions of the service may share a pooled connection: the name says which text is meant.
    this.name = createHash('sha256').update(text).digest('hex').slice(0, 32);
  }

  /** @param database outside a transaction the statement commits by itself */
  async run(database: DataSource | EntityManager, values: unknown[]): Promise<Row[]> {
    const { name, text } = this;
    const connection = await connectionOf(database);
    const result: QueryResult = await connection.query(
      isPreparing ? { name, text, values } : { text, values },
    );
    return result.rows as Row[];
  }
}

/** TypeORM hands out what it works on: the connection of a transaction, or the driver's pool. */
async function connectionOf(database: DataSource | EntityManager): Promise<Pool | PoolClient> {
  if (database instanceof DataSource) return (database.driver as unknown as { master: Pool }).master;
  if (!database.queryRunner) return connectionOf(database.dataSource);
  return (await database.queryRunner.connect()) as PoolClient;
}
