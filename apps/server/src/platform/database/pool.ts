/** Makes the connection pool of PostgreSQL, passes it to TypeORM, and finds it for statements without TypeORM. */
import pg from 'pg';
import type { DataSource, DataSourceOptions } from 'typeorm';

// Counters stay far below 2^53; as strings they would be added by concatenation.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

const CONNECT_TIMEOUT_MS = 5_000;

/** Settings of each connection that not every pool has. */
export type ConnectionSettings = Pick<pg.PoolConfig, 'statement_timeout'>;

/** Opens connections as they are needed. */
export function createPool(
  databaseUrl: string,
  poolSize: number,
  settings: ConnectionSettings = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: libpqUrl(databaseUrl),
    max: poolSize,
    application_name: 'im-callback',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    ...settings,
  });
  // The pool listens while a connection is idle, and TypeORM once it has it. An error that arrives between the two, in the
  // same packet as what made the connection ready, would end the process; so the next statement reports it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Replaces the module `pg` in TypeORM, which uses only `new pg.Pool(…)` of it. */
class PoolDriver {
  readonly Pool: () => pg.Pool;

  constructor(readonly pool: pg.Pool) {
    // A function, not an arrow: `new` answers the object that it returns.
    this.Pool = function () {
      return pool;
    };
  }
}

/** Options of a data source that uses the pool and ends it when it is destroyed. */
export function optionsOver(pool: pg.Pool) {
  return { type: 'postgres', driver: new PoolDriver(pool) } as const satisfies DataSourceOptions;
}

/** @throws Error when the data source was not made with {@link optionsOver} a pool */
export function poolOf({ options }: DataSource): pg.Pool {
  const driver: unknown = options.type === 'postgres' ? options.driver : undefined;
  if (!(driver instanceof PoolDriver)) throw new Error('The data source was not made over a pool');
  return driver.pool;
}

/** Interprets `sslmode` as every PostgreSQL client does; the driver's own interpretation is about to change. */
function libpqUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (!url.searchParams.has('sslmode')) return databaseUrl;
  url.searchParams.set('uselibpqcompat', 'true');
  return url.href;
}
