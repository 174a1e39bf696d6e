import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import { isQueryCanceled } from './database-errors.js';

/** Slow searches may use some connections, never all of them: ingest and delivery have priority. */
const searches = new ConcurrencyLimiter({ maxConcurrent: 4 });

/** Who may run how many at once. */
export interface Permits {
  limiter: ConcurrencyLimiter;
  key: string;
}

const SHARED_PERMITS: Permits = { limiter: searches, key: '' };

export interface QueryWithinOptions {
  /** Absent: those that all searches share. */
  permits?: Permits;
  /** Rows are read in the order of an index, never sorted: LIMIT then bounds what is read, whatever is estimated. */
  isUnsorted?: boolean;
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
  { permits = SHARED_PERMITS, isUnsorted = false }: QueryWithinOptions = {},
): Promise<Row[]> {
  const rows = await permits.limiter.run(permits.key, () =>
    transactionWithin(dataSource, limitMs, async (manager) => {
      if (isUnsorted) await manager.query('SET LOCAL enable_sort = off');
      return manager.query<Row[]>(sql, parameters);
    }),
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
