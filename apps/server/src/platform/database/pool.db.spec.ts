import pg from 'pg';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { createPool, optionsOver, poolOf } from './pool.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await database.drop();
});

it('a data source sends everything over the pool it was given, and ends it', async () => {
  const pool = createPool(database.databaseUrl, 2);
  const dataSource = await new DataSource(optionsOver(pool)).initialize();
  expect(poolOf(dataSource)).toBe(pool);
  const pidOf = 'SELECT pg_backend_pid() AS pid';
  const [byTypeOrm] = await dataSource.query<{ pid: number }[]>(pidOf);
  expect((await pool.query<{ pid: number }>(pidOf)).rows).toEqual([byTypeOrm]);
  await dataSource.transaction(async (manager) => {
    await manager.query('SELECT 1');
    expect(pool.totalCount - pool.idleCount).toBe(1);
  });
  await dataSource.destroy();
  expect(pool.ended).toBe(true);
});

it('its connections have the name of the service, numbers for bigint, and the settings they are given', async () => {
  const pool = createPool(database.databaseUrl, 1, { statement_timeout: 12_000 });
  try {
    const { rows } = await pool.query(
      `SELECT current_setting('application_name') AS name, current_setting('statement_timeout') AS timeout, 7::bigint AS big`,
    );
    expect(rows).toEqual([{ name: 'im-callback', timeout: '12s', big: 7 }]);
    expect(pool.options).toMatchObject({ max: 1, connectionTimeoutMillis: 5_000 });
  } finally {
    await pool.end();
  }
});

it('the pool of a data source that made its own is not looked for inside TypeORM', () => {
  const dataSource = new DataSource({ type: 'postgres', url: database.databaseUrl, driver: pg });
  expect(() => poolOf(dataSource)).toThrow('not made over a pool');
});
