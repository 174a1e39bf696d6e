/** Makes a freshly migrated database for one spec file. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { TEMPLATE_DATABASE } from './template-database.js';

export interface TestDatabase {
  databaseUrl: string;
  /** Queries rows directly. */
  query: <Row extends pg.QueryResultRow>(sql: string, parameters?: unknown[]) => Promise<Row[]>;
  drop: () => Promise<void>;
}

export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const adminUrl = inject('databaseUrl');
  await runOnce(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`);
  const databaseUrl = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  return {
    databaseUrl,
    query: async <Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []) => {
      const result = await pool.query<Row>(sql, parameters);
      return result.rows;
    },
    drop: async () => {
      await pool.end();
      // Pools end before their sockets are closed. PostgreSQL waits some seconds for the last session to leave; a
      // forced drop would end that session, and its unobserved client would throw.
      await runOnce(adminUrl, `DROP DATABASE ${name}`);
    },
  };
}

async function runOnce(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
