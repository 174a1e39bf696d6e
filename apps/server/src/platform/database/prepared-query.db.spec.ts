import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDataSource, type TestDataSource } from '../../testing/data-source.js';
import { prepareQueries, PreparedQuery } from './prepared-query.js';
import { retryTransient } from './retry-transient.js';

let test: TestDataSource;

beforeAll(async () => {
  test = await openTestDataSource();
});

afterAll(async () => {
  prepareQueries(true);
  await test.close();
});

describe.each([
  ['kept', true],
  ['not kept', false],
])('a statement whose plan is %s', (_name, isPreparing) => {
  const query = new PreparedQuery<{ sum: number; pid: number }>(
    `SELECT $1::int + $2::int AS sum, pg_backend_pid() AS pid -- prepared query spec ${String(isPreparing)}`,
  );

  it('answers the same each time, in a transaction on its own connection', async () => {
    prepareQueries(isPreparing);
    await test.dataSource.transaction(async (manager) => {
      const [own] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid');
      for (const n of [1, 2, 3]) {
        expect(await query.run(manager, [n, 10])).toEqual([{ sum: n + 10, pid: own?.pid }]);
      }
      const [prepared] = await manager.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE $1',
        [`%prepared query spec ${String(isPreparing)}`],
      );
      expect(prepared?.count).toBe(isPreparing ? 1 : 0);
    });
    expect(await query.run(test.dataSource, [1, 2])).toMatchObject([{ sum: 3 }]);
  });

  it('takes part in the transaction it is sent in', async () => {
    prepareQueries(isPreparing);
    const insert = new PreparedQuery(`INSERT INTO tenants (tenant_id, name) VALUES ($1, 'rolled back')`);
    const tenantId = '01985fb5-0000-7000-8000-00000000000a';
    const failing = test.dataSource.transaction(async (manager) => {
      await insert.run(manager, [tenantId]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await test.query('SELECT 1 FROM tenants WHERE tenant_id = $1', [tenantId])).toEqual([]);
  });
});

describe('behind a pooler that gives connections away with every transaction', () => {
  /** The effect of such a pooler on a client: its statements are not prepared on the connection it gets. */
  async function loseStatements(): Promise<void> {
    await Promise.all(
      Array.from({ length: test.poolSize }, () =>
        test.dataSource.transaction((manager) => manager.query('DEALLOCATE ALL')),
      ),
    );
  }

  it('statements are sent in full after the first lost one, which runs anyway', async () => {
    const lost: unknown[] = [];
    prepareQueries(true, (error) => lost.push(error));
    const query = new PreparedQuery<{ sum: number }>('SELECT $1::int + 2 AS sum');
    const runAll = (): Promise<{ sum: number }[][]> =>
      Promise.all(Array.from({ length: 20 }, (_, n) => query.run(test.dataSource, [n])));
    await runAll();
    await loseStatements();
    expect(await runAll()).toEqual(Array.from({ length: 20 }, (_, n) => [{ sum: n + 2 }]));
    expect(lost).toHaveLength(1);
    await loseStatements();
    expect(await query.run(test.dataSource, [1])).toEqual([{ sum: 3 }]);
    expect(lost).toHaveLength(1);
  });

  it('a transaction that lost one is run again by its owner', async () => {
    prepareQueries(true);
    const query = new PreparedQuery<{ sum: number }>('SELECT $1::int + 3 AS sum');
    let runs = 0;
    const work = (): Promise<{ sum: number }[]> =>
      test.dataSource.transaction(async (manager) => {
        runs += 1;
        await query.run(manager, [1]);
        if (runs === 1) await manager.query('DEALLOCATE ALL');
        return query.run(manager, [2]);
      });
    expect(await retryTransient(work, 30_000)).toEqual([{ sum: 5 }]);
    expect(runs).toBe(2);
  });
});
