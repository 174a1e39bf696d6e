/** Wires PostgreSQL through TypeORM: migrations at start, never synchronize. */
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENV, type Env } from '../../config/env.js';
import { CheckDatabaseService } from './check-database.service.js';
import { ConfigVersion } from './config-version.js';
import { migrateDatabase, postgresOptions } from './data-source.js';
import { prepareQueries } from './prepared-query.js';
import { Logger } from '../logging/logger.js';
import { MaintainPartitionsService } from './maintain-partitions.service.js';
import { RemoveRowsService } from './remove-rows.service.js';
import { WatchPoolService } from './watch-pool.service.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENV, Logger],
      useFactory: async (env: Env, logger: Logger) => {
        prepareQueries(env.DATABASE_PREPARED_STATEMENTS, (error) => {
          logger.warn('database.prepared_statements_lost', {
            reason: error instanceof Error ? error.message : String(error),
            advice:
              'A pooler in transaction mode loses prepared statements: they are sent in full from now on. ' +
              'Set DATABASE_PREPARED_STATEMENTS=false, or use PgBouncer 1.21 or newer with max_prepared_statements.',
          });
        });
        await migrateDatabase(env.DATABASE_MIGRATION_URL ?? env.DATABASE_URL);
        return {
          ...postgresOptions(env.DATABASE_URL, env.DATABASE_POOL_SIZE),
          autoLoadEntities: true,
          // The launcher, the container runtime or systemd starts the process again; waiting here only hides the reason.
          retryAttempts: 1,
        };
      },
    }),
  ],
  providers: [
    MaintainPartitionsService,
    CheckDatabaseService,
    WatchPoolService,
    ConfigVersion,
    RemoveRowsService,
  ],
  exports: [CheckDatabaseService, ConfigVersion, RemoveRowsService],
})
export class DatabaseModule {}
