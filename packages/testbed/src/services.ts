/** Runs PostgreSQL (durability on) and Redis (append-only, fsync every second) in a temporary directory. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startLocalStack, type LocalService, type LocalStack } from '@im/local-services/local-stack';
import { Redis } from 'ioredis';
import pg from 'pg';

export class Services {
  private constructor(
    /** Everything of this run, logs included. */
    readonly directory: string,
    private readonly stack: LocalStack,
  ) {}

  static async start(): Promise<Services> {
    const directory = await mkdtemp(path.join(tmpdir(), 'im-testbed-'));
    try {
      return new Services(directory, await startLocalStack({ dataDir: directory, durability: 'on' }));
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Of the server's first database. */
  get databaseUrl(): string {
    return this.stack.databaseUrl;
  }

  get redisUrl(): string {
    return this.stack.redisUrl;
  }

  /** See {@link LocalStack.keepDown}. */
  keepDown(service: LocalService, work: () => Promise<void>): Promise<void> {
    return this.stack.keepDown(service, work);
  }

  createDatabase(name: string): Promise<string> {
    return this.stack.createDatabase(name);
  }

  /** Drops a database without connections. Not by force, which may not end an autovacuum. */
  async dropDatabase(name: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.stack.databaseUrl });
    await client.connect();
    try {
      await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
  }

  async emptyRedis(): Promise<void> {
    const redis = new Redis(this.stack.redisUrl);
    await redis.flushall();
    redis.disconnect();
  }

  /** The first process of a server; PostgreSQL's forks one for each connection. */
  async pidOf(service: LocalService): Promise<number> {
    const pidFile = { postgres: 'postmaster.pid', redis: 'redis.pid' }[service];
    return Number((await readFile(path.join(this.directory, service, pidFile), 'utf8')).split('\n')[0]);
  }

  /** @param keepsDirectory keeps data and logs */
  async stop(keepsDirectory = false): Promise<void> {
    await this.stack.stop();
    if (!keepsDirectory) await rm(this.directory, { recursive: true, force: true });
  }
}
