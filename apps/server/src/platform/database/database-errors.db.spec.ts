import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openTestDataSource, type TestDataSource } from '../../testing/data-source.js';
import { isDatabaseUnavailable } from './database-errors.js';

let test: TestDataSource;

beforeEach(async () => {
  test = await openTestDataSource();
});

afterEach(async () => {
  await test.close();
});

it('calls PostgreSQL unavailable when a connection broke between two statements of a transaction', async () => {
  const failure = await test.dataSource
    .transaction(async (manager) => {
      const [backend] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      await test.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
      await vi.waitUntil(() => manager.queryRunner?.isReleased);
      await manager.query('SELECT 1');
    })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(isDatabaseUnavailable(failure)).toBe(true);
});
