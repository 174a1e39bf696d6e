import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { CreateTables1763712000000 } from './migrations/1763712000000-create-tables.js';
import { AddSecretRotation1763715600000 } from './migrations/1763715600000-add-secret-rotation.js';
import { AddDeliverySettings1763719200000 } from './migrations/1763719200000-add-delivery-settings.js';

/** Arbitrary number that names schema changes among PostgreSQL's advisory locks. */
const MIGRATION_LOCK_KEY = 4_010_000;

// Counters stay far below 2^53; as strings they would be added by concatenation.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** Settings every connection of ours shares. */
export function postgresOptions(databaseUrl: string, poolSize: number) {
  return {
    type: 'postgres',
    url: databaseUrl,
    poolSize,
    applicationName: 'im-callback',
    migrations: [CreateTables1763712000000, AddSecretRotation1763715600000, AddDeliverySettings1763719200000],
    migrationsTransactionMode: 'each',
    extra: {
      connectionTimeoutMillis: 5_000,
      // A statement that outlives its caller only holds locks; nothing here takes this long.
      statement_timeout: 30_000,
    },
  } as const satisfies DataSourceOptions;
}

/** Connects and brings the schema up to date; of several processes starting at once one migrates, the others wait. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const dataSource = await new DataSource(options).initialize();
  const lockHolder = dataSource.createQueryRunner();
  try {
    await lockHolder.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
    await dataSource.runMigrations();
    await lockHolder.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK_KEY]);
    return dataSource;
  } catch (error) {
    await lockHolder.release();
    await dataSource.destroy();
    throw error;
  } finally {
    if (!lockHolder.isReleased) await lockHolder.release();
  }
}
