/** Starts a Redis Cluster of one node on this machine, for tests: it refuses what a larger one refuses. */
import { lockDataDir } from './data-dir-lock.js';
import { startRedis } from './redis/start-redis.js';
import { silent } from './report.js';

export interface LocalRedisCluster {
  redisUrl: string;
  stop: () => Promise<void>;
}

/** @param dataDir made when it is not there; one running stack per directory */
export async function startLocalRedisCluster(dataDir: string): Promise<LocalRedisCluster> {
  const lock = await lockDataDir(dataDir);
  try {
    const options = { dataDir: lock.dataDir, durability: 'off', report: silent, isCluster: true } as const;
    const redis = await startRedis(options);
    return {
      redisUrl: redis.redisUrl,
      stop: async () => {
        await redis.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
