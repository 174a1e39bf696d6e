/** Starts and stops PostgreSQL and Redis on this machine, for tests and benchmarks. */
import { lockDataDir } from './data-dir-lock.js';
import { startPostgres } from './postgres/start-postgres.js';
import type { Durability } from './postgres/postgres-settings.js';
import { bothOrNone } from './process/both-or-none.js';
import { startRedis } from './redis/start-redis.js';
import { silent, type Report } from './report.js';

export interface LocalStackOptions {
  /** Everything is kept here; made when it is not there. One running stack per directory. */
  dataDir: string;
  /** Default `on`; `off` in tests. */
  durability?: Durability;
  onProgress?: Report;
}

export type LocalService = 'postgres' | 'redis';

export interface LocalStack {
  databaseUrl: string;
  redisUrl: string;
  /** Makes another, empty database on the running server and returns its URL. */
  createDatabase: (name: string) => Promise<string>;
  /** A service that ends is started again at once, except this one during `work`. */
  keepDown: (service: LocalService, work: () => Promise<void>) => Promise<void>;
  /** Stops both, waits until they have ended, and unlocks the directory. */
  stop: () => Promise<void>;
}

export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { durability = 'on', onProgress: report = silent } = options;
  const lock = await lockDataDir(options.dataDir);
  const parts = { dataDir: lock.dataDir, durability, report };
  try {
    const [postgres, redis] = await bothOrNone(startPostgres(parts), startRedis(parts));
    return {
      databaseUrl: postgres.databaseUrl,
      redisUrl: redis.redisUrl,
      createDatabase: postgres.createDatabase,
      keepDown: (service, work) => ({ postgres, redis })[service].keepDown(work),
      stop: async () => {
        await Promise.all([postgres.stop(), redis.stop()]);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
