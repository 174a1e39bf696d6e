/** PostgreSQL through TypeORM: migrations at start, never synchronize. */
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENV, type Env } from '../../config/env.js';
import { CheckDatabaseService } from './check-database.service.js';
import { ConfigVersion } from './config-version.js';
import { migrateDatabase, postgresOptions } from './data-source.js';
import { prepareQueries } from './prepared-query.js';
import { MaintainPartitionsService } from './maintain-partitions.service.js';
import { WatchPoolService } from './watch-pool.service.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENV],
      useFactory: async (env: Env) => {
        prepareQueries(env.DATABASE_PREPARED_STATEMENTS);
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
  providers: [MaintainPartitionsService, CheckDatabaseService, WatchPoolService, ConfigVersion],
  exports: [CheckDatabaseService, ConfigVersion],
})
export class DatabaseModule {}
