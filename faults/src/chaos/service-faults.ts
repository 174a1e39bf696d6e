/** Applies faults to PostgreSQL and Redis. */
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Services } from '@im/testbed/services';
import { waitUntil } from '@im/testbed/wait-until';
import { Redis } from 'ioredis';
import pg from 'pg';

const BACK_WITHIN_MS = 60_000;
const PROBE_MS = 1_000;

type RedisFault = 'flush' | 'freeze' | 'stop' | 'kill' | 'lose-data';
type PostgresFault = 'restart' | 'immediate' | 'kill';

export class ServiceFaults {
  constructor(private readonly services: Services) {}

  async redis(what: RedisFault, forMs: number): Promise<void> {
    if (what === 'flush') {
      await this.services.emptyRedis();
      return;
    }
    const redis = await this.services.pidOf('redis');
    if (what === 'freeze') {
      process.kill(redis, 'SIGSTOP');
      await delay(forMs);
      process.kill(redis, 'SIGCONT');
      return;
    }
    await this.services.keepDown('redis', async () => {
      process.kill(redis, what === 'stop' ? 'SIGTERM' : 'SIGKILL');
      await untilGone([redis]);
      if (what === 'lose-data') await rm(this.redisData, { recursive: true, force: true });
      await delay(forMs);
    });
    await this.untilRedisAnswers();
  }

  async postgres(what: PostgresFault, forMs: number): Promise<void> {
    const postgres = await this.services.pidOf('postgres');
    const tree = [postgres, ...(what === 'kill' ? await childrenOf(postgres) : [])];
    await this.services.keepDown('postgres', async () => {
      const signal = { restart: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' }[what] as NodeJS.Signals;
      for (const pid of tree) killIfThere(pid, signal);
      await untilGone(tree);
      await delay(forMs);
    });
    await this.untilPostgresAnswers();
  }

  async untilRedisAnswers(): Promise<void> {
    await untilTrue('Redis', async () => {
      const redis = new Redis(this.services.redisUrl, {
        lazyConnect: true,
        retryStrategy: null,
        connectTimeout: PROBE_MS,
      });
      redis.on('error', () => undefined);
      try {
        await redis.connect();
        await redis.ping();
        return true;
      } finally {
        redis.disconnect();
      }
    });
  }

  async untilPostgresAnswers(): Promise<void> {
    await untilTrue('PostgreSQL', async () => {
      const client = new pg.Client({
        connectionString: this.services.databaseUrl,
        connectionTimeoutMillis: PROBE_MS,
      });
      client.on('error', () => undefined);
      await client.connect();
      await client.end();
      return true;
    });
  }

  private get redisData(): string {
    return path.join(this.services.directory, 'redis', 'appendonlydir');
  }
}

async function untilTrue(name: string, isTrue: () => Promise<boolean>): Promise<void> {
  const isBack = await waitUntil(() => isTrue().catch(() => false), BACK_WITHIN_MS);
  if (!isBack) throw new Error(`${name} did not come back`);
}

async function untilGone(pids: readonly number[]): Promise<void> {
  const areGone = await waitUntil(async () => {
    const states = await Promise.all(pids.map(isAlive));
    return !states.includes(true);
  }, BACK_WITHIN_MS);
  if (!areGone) throw new Error(`Processes ${pids.join(', ')} did not end`);
}

/** A zombie is dead too. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return /^State:\s+[^ZX\s]/m.test(status);
}

function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // A connection that ended by itself.
  }
}

async function childrenOf(pid: number): Promise<number[]> {
  const children: number[] = [];
  for (const task of await readdir(`/proc/${String(pid)}/task`)) {
    const list = await readFile(`/proc/${String(pid)}/task/${task}/children`, 'utf8').catch(() => '');
    children.push(...list.split(' ').filter(Boolean).map(Number));
  }
  return children;
}
