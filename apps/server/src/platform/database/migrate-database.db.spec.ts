import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { migrateDatabase, migrationDataSource } from './data-source.js';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await database.query('DROP SCHEMA public CASCADE');
  await database.query('CREATE SCHEMA public');
});

afterEach(async () => {
  await database.drop();
});

it('of several processes that start at once on an empty database one migrates, and all of them find the tables', async () => {
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await migrateDatabase(database.databaseUrl);
      expect(await database.query("SELECT 1 FROM pg_class WHERE relname = 'webhook_configs'")).toHaveLength(
        1,
      );
    }),
  );
  const names = await database.query<{ name: string }>('SELECT name FROM migrations');
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
});

it('every migration can be reverted, and applied again with the same tables', async () => {
  await migrateDatabase(database.databaseUrl);
  const made = await columns();
  const dataSource = await migrationDataSource(database.databaseUrl).initialize();
  try {
    let left = (await database.query('SELECT name FROM migrations')).length;
    while (left > 0) {
      await dataSource.undoLastMigration();
      left -= 1;
    }
    expect(await columns()).toEqual([]);
  } finally {
    await dataSource.destroy();
  }
  await migrateDatabase(database.databaseUrl);
  expect(await columns()).toEqual(made);
});

it('a process of its own migrates and ends, also when there is nothing to do', async () => {
  const script = path.resolve(import.meta.dirname, '../../../dist/main.migrate.js');
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: 'redis://127.0.0.1:1',
    SECRETS_KEY: Buffer.alloc(32).toString('base64'),
  };
  for (let runs = 1; runs <= 2; runs += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    expect(stdout).toContain('"database.migrated"');
  }
  expect(await columns()).not.toEqual([]);
  await expect(promisify(execFile)(process.execPath, [script], { env: {} })).rejects.toMatchObject({
    code: 78,
    stderr: expect.stringContaining('Configuration: DATABASE_URL is required') as string,
  });
});

function columns(): Promise<unknown[]> {
  return database.query(
    `SELECT table_name, column_name, data_type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name <> 'migrations' ORDER BY 1, 2`,
  );
}
