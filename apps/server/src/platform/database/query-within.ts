import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import { isQueryCanceled } from './database-errors.js';

/** Slow searches may use some connections, never all of them: ingest and delivery have priority. */
const searches = new ConcurrencyLimiter({ maxConcurrent: 4 });

/** Who may run how many at once; absent: all searches share some permits. */
export interface Permits {
  limiter: ConcurrencyLimiter;
  key: string;
}

/**
 * Runs a search that may go through more rows than a person would wait for.
 *
 * @throws DomainError `search_too_broad` when it takes longer than the limit; the refusal of the limiter
 */
export async function queryWithin<Row>(
  dataSource: DataSource,
  limitMs: number,
  sql: string,
  parameters: unknown[],
  { limiter, key }: Permits = { limiter: searches, key: '' },
): Promise<Row[]> {
  const rows = await limiter.run(key, () =>
    transactionWithin(dataSource, limitMs, (manager) => manager.query<Row[]>(sql, parameters)),
  );
  if (rows !== undefined) return rows;
  throw new DomainError(
    'search_too_broad',
    'The search goes through too many rows: name a span of time (from, to) or another filter',
  );
}

/**
 * Runs a transaction whose statements each have a time limit.
 *
 * @returns undefined when one of them took longer
 */
export async function transactionWithin<T>(
  dataSource: DataSource,
  limitMs: number,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await dataSource.transaction(async (manager) => {
      // For this transaction only: behind a pooler the session is shared.
      await manager.query(`SET LOCAL statement_timeout = ${String(Math.max(1, Math.ceil(limitMs)))}`);
      return work(manager);
    });
  } catch (error) {
    if (isQueryCanceled(error)) return undefined;
    throw error;
  }
}
