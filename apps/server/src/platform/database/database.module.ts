/** PostgreSQL through TypeORM: migrations at start, never synchronize. */
import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENV, type Env } from '../../config/env.js';
import { CheckDatabaseService } from './check-database.service.js';
import { openDataSource, postgresOptions } from './data-source.js';
import { MaintainPartitionsService } from './maintain-partitions.service.js';

@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENV],
      useFactory: (env: Env) => ({
        ...postgresOptions(env.DATABASE_URL, env.DATABASE_POOL_SIZE),
        autoLoadEntities: true,
        // The launcher, the container runtime or systemd starts the process again; waiting here only hides the reason.
        retryAttempts: 1,
      }),
      dataSourceFactory: async (options) => {
        if (!options) throw new Error('TypeORM options are missing');
        return openDataSource(options);
      },
    }),
  ],
  providers: [MaintainPartitionsService, CheckDatabaseService],
  exports: [CheckDatabaseService],
})
export class DatabaseModule {}
