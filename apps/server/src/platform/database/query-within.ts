import type { DataSource } from 'typeorm';
import { DomainError } from '../errors/domain-error.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import { isQueryCanceled } from './database-errors.js';

/** Slow searches may use some connections, never all of them: ingest and delivery have priority. */
const limiter = new ConcurrencyLimiter({ maxConcurrent: 4 });

/**
 * Runs a search that may go through more rows than a person would wait for.
 *
 * @throws DomainError `search_too_broad` when it takes longer than the limit
 */
export async function queryWithin<Row>(
  dataSource: DataSource,
  limitMs: number,
  sql: string,
  parameters: unknown[],
): Promise<Row[]> {
  try {
    // For this transaction only: behind a pooler the session is shared.
    return await limiter.run('', () =>
      dataSource.transaction(async (manager) => {
        await manager.query(`SET LOCAL statement_timeout = ${String(limitMs)}`);
        return manager.query<Row[]>(sql, parameters);
      }),
    );
  } catch (error) {
    if (!isQueryCanceled(error)) throw error;
    throw new DomainError(
      'search_too_broad',
      'The search goes through too many rows: name a span of time (from, to) or another filter',
      { cause: error },
    );
  }
}
