/** PostgreSQL and Redis on this machine, for start, tests and benchmarks: one call to start, one to stop. */
import { realpath } from 'node:fs/promises';
import { lockDataDir } from './data-dir-lock.js';
import { ensurePrivateDirectory } from './private-files.js';
import type { Durability } from './postgres/postgres-settings.js';
import { startPostgres } from './postgres/start-postgres.js';
import { startRedis } from './redis/start-redis.js';
import { silent, type Report } from './report.js';

export interface LocalStackOptions {
  /** Everything is kept here; made when it is not there. One running stack per directory. */
  dataDir: string;
  /** Default `on`. Tests say `off`. */
  durability?: Durability;
  onProgress?: Report;
}

export interface LocalStack {
  databaseUrl: string;
  redisUrl: string;
  /** Makes another, empty database on the running server and answers its URL. */
  createDatabase: (name: string) => Promise<string>;
  /** Stops both, waits until they have ended, and gives the directory free. */
  stop: () => Promise<void>;
}

export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  await ensurePrivateDirectory(options.dataDir);
  const dataDir = await realpath(options.dataDir);
  const lock = await lockDataDir(dataDir);
  const parts = { dataDir, durability: options.durability ?? 'on', report: options.onProgress ?? silent };
  const [postgres, redis] = await Promise.allSettled([startPostgres(parts), startRedis(parts)]);
  const stop = async () => {
    const started = [postgres, redis].filter((part) => part.status === 'fulfilled');
    await Promise.all(started.map((part) => part.value.stop()));
    lock.release();
  };
  if (postgres.status === 'rejected' || redis.status === 'rejected') {
    await stop();
    throw postgres.status === 'rejected' ? postgres.reason : (redis as PromiseRejectedResult).reason;
  }
  return {
    databaseUrl: postgres.value.databaseUrl,
    redisUrl: redis.value.redisUrl,
    createDatabase: postgres.value.createDatabase,
    stop,
  };
}
