/**
 * Prepares statements of the hot paths, which are parsed and planned once per connection: planning several writes to
 * partitioned tables costs more than writing some dozen rows.
 */
import { hash } from 'node:crypto';
import pg, { type PoolClient, type QueryResult } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { isPreparedStatementLost } from './database-errors.js';
import { poolOf } from './pool.js';

const { Pool } = pg;

let isPreparing = true;
let whenLost: (error: unknown) => void = () => undefined;

/**
 * Behind a pooler in transaction mode without support for prepared statements they are sent in full each time.
 *
 * @param onLost called once when such a pooler is detected; from then on they are sent in full, too
 */
export function prepareQueries(isOn: boolean, onLost: (error: unknown) => void = () => undefined): void {
  isPreparing = isOn;
  whenLost = onLost;
}

/** A statement that is sent often; its text never changes. */
export class PreparedQuery<Row = unknown> {
  private readonly name: string;

  constructor(private readonly text: string) {
    // Two versions of the service may share a pooled connection, so the name depends on the text.
    this.name = hash('sha256', text, 'hex').slice(0, 32);
  }

  /** @param database outside a transaction the statement commits by itself */
  async run(database: DataSource | EntityManager, values: unknown[]): Promise<Row[]> {
    const { name, text } = this;
    const connection = await connectionOf(database);
    if (!isPreparing) return rowsOf<Row>(await connection.query({ text, values }));
    try {
      return rowsOf<Row>(await connection.query({ name, text, values }));
    } catch (error) {
      if (!isPreparedStatementLost(error)) throw error;
      stopPreparing(error);
      // It was refused before it ran. A transaction is aborted by that, and its owner runs it again or answers 503.
      if (connection instanceof Pool) return rowsOf<Row>(await connection.query({ text, values }));
      throw error;
    }
  }
}

function stopPreparing(error: unknown): void {
  if (!isPreparing) return;
  isPreparing = false;
  whenLost(error);
}

function rowsOf<Row>(result: QueryResult): Row[] {
  return result.rows as Row[];
}

/** The connection of a transaction, else the pool. */
async function connectionOf(database: DataSource | EntityManager): Promise<pg.Pool | PoolClient> {
  if (database instanceof DataSource) return poolOf(database);
  if (!database.queryRunner) return connectionOf(database.dataSource);
  return (await database.queryRunner.connect()) as PoolClient;
}
