/** Provides an empty Redis database for one spec file. */
import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** Redis has 16 databases unless configured otherwise; number 0 keeps the leases of the others. */
const DATABASE_NUMBERS = Array.from({ length: 15 }, (_, index) => index + 1);

export interface TestRedis {
  redisUrl: string;
  release: () => Promise<void>;
}

/** @throws Error when more spec files than there are databases run at once */
export async function leaseTestRedis(): Promise<TestRedis> {
  const leases = new Redis(inject('redisUrl'));
  for (const number of DATABASE_NUMBERS) {
    if ((await leases.setnx(`lease:${number}`, '1')) === 0) continue;
    const redisUrl = Object.assign(new URL(inject('redisUrl')), { pathname: `/${number}` }).href;
    await emptyDatabase(redisUrl);
    return {
      redisUrl,
      release: async () => {
        await leases.del(`lease:${number}`);
        await leases.quit();
      },
    };
  }
  await leases.quit();
  throw new Error('All Redis databases are in use');
}

async function emptyDatabase(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl);
  await redis.flushdb();
  await redis.quit();
}
