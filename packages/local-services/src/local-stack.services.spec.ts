/** Starts, uses and kills the real PostgreSQL and Redis. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'node:net';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startLocalStack, type LocalStack } from './local-stack.js';
import { waitUntil } from './process/wait-until.js';

const WITHIN_MS = 15_000;
const pgQuery = async (databaseUrl: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
};

/** Sends inline commands to Redis and returns its answers up to `until`. */
function redis(redisUrl: string, command: string, until: RegExp): Promise<string> {
  const { port, password } = new URL(redisUrl);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(`AUTH ${password}\r\n${command}\r\n`),
    );
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error(`Redis closed the connection after: ${said}`));
    });
    socket.on('data', (chunk) => {
      said += chunk.toString();
      if (!until.test(said)) return;
      socket.removeAllListeners('close').destroy();
      resolve(said);
    });
  });
}

let parent = '';
let dataDir = '';
async function makeDirectory() {
  parent = await mkdtemp(path.join(tmpdir(), 'stack-'));
  dataDir = path.join(parent, 'data');
}
const removeDirectory = () => rm(parent, { recursive: true, force: true });

const servicePids = async (): Promise<{ postgres: number; redis: number }> => ({
  postgres: Number((await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]),
  redis: Number(await readFile(path.join(dataDir, 'redis/redis.pid'), 'utf8')),
});

/** Processes that work in DATA_DIR, however they got there. */
async function processesIn(directory: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => '');
    if (workingDirectory.startsWith(directory)) found.push(pid);
  }
  return found;
}

describe('a local stack', () => {
  const lines: string[] = [];
  let stack: LocalStack;
  beforeAll(async () => {
    await makeDirectory();
    stack = await startLocalStack({ dataDir, durability: 'off', onProgress: (line) => lines.push(line) });
  });
  afterAll(async () => {
    await stack.stop();
    await removeDirectory();
  });

  it('offers an empty UTF-8 database that the product owns without being superuser', async () => {
    const { databaseUrl } = stack;
    expect(await pgQuery(databaseUrl, 'SELECT current_database()')).toEqual(['im_callback']);
    expect(await pgQuery(databaseUrl, 'SHOW server_encoding')).toEqual(['UTF8']);
    expect(await pgQuery(databaseUrl, 'SHOW is_superuser')).toEqual(['off']);
    expect(await pgQuery(databaseUrl, "SELECT lower('ÄÖ消息')")).toEqual(['äö消息']);
    await pgQuery(databaseUrl, 'CREATE TABLE t (a int)');
  });

  it('makes further databases, and answers the same one when asked again', async () => {
    const url = await stack.createDatabase('other-1');
    await pgQuery(url, 'CREATE TABLE t (a int)');
    expect(await stack.createDatabase('other-1')).toBe(url);
    expect(await pgQuery(url, 'SELECT count(*)::int FROM t')).toEqual([0]);
  });

  it('asks for a password on both services', async () => {
    const database = new URL(stack.databaseUrl);
    database.password = 'wrong';
    await expect(pgQuery(database.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const cache = new URL(stack.redisUrl);
    cache.password = 'wrong';
    expect(await redis(cache.href, 'PING', /NOAUTH/)).toContain('WRONGPASS');
  });

  it('brings a killed PostgreSQL back on its port with what was committed', async () => {
    await pgQuery(stack.databaseUrl, 'CREATE TABLE kept AS SELECT 7 AS a');
    process.kill((await servicePids()).postgres, 'SIGKILL');
    const isBack = () => lines.includes('PostgreSQL is back');
    expect(await waitUntil(isBack, WITHIN_MS)).toBe(true);
    expect(await pgQuery(stack.databaseUrl, 'SELECT a FROM kept')).toEqual([7]);
  });

  it('brings a killed Redis back on its port with its data', async () => {
    await redis(stack.redisUrl, 'SET kept 7', /\+OK\r\n\+OK/);
    process.kill((await servicePids()).redis, 'SIGKILL');
    const isBack = () => lines.includes('Redis is back');
    expect(await waitUntil(isBack, WITHIN_MS)).toBe(true);
    expect(await redis(stack.redisUrl, 'GET kept', /\$1\r\n7/)).toContain('7');
  });

  it('leaves no process when it is stopped, and keeps its data for the next start', async () => {
    await pgQuery(stack.databaseUrl, 'CREATE TABLE still_there AS SELECT 7 AS a');
    await stack.stop();
    expect(await processesIn(dataDir)).toEqual([]);
    stack = await startLocalStack({ dataDir, durability: 'off' });
    expect(await pgQuery(stack.databaseUrl, 'SELECT a FROM still_there')).toEqual([7]);
  });
});

describe('a run that is killed', () => {
  let holder: ChildProcess | undefined;
  beforeEach(makeDirectory);
  afterEach(async () => {
    holder?.kill('SIGKILL');
    await waitUntil(async () => (await processesIn(dataDir)).length === 0, WITHIN_MS);
    await removeDirectory();
  });

  /** Another process that runs a stack, as built, and says so. */
  async function startStack(): Promise<ChildProcess> {
    const script = `
      import { startLocalStack } from '@im/local-services/local-stack';
      await startLocalStack({ dataDir: process.argv[1], durability: 'off' });
      console.log('running');
      setInterval(() => undefined, 60_000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      cwd: path.resolve(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    return child;
  }

  it('takes PostgreSQL and Redis with it', async () => {
    holder = await startStack();
    expect((await processesIn(dataDir)).length).toBeGreaterThan(2);
    holder.kill('SIGKILL');
    const isQuiet = async () => (await processesIn(dataDir)).length === 0;
    expect(await waitUntil(isQuiet, WITHIN_MS)).toBe(true);
  });

  it('is followed by another on the same directory, even while its services are still there', async () => {
    holder = await startStack();
    const { postgres, redis: redisPid } = await servicePids();
    const leashes = await Promise.all([postgres, redisPid].map(parentOf));
    for (const leash of leashes) process.kill(leash, 'SIGKILL');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const stack = await startLocalStack({ dataDir, durability: 'off' });
    expect(await pgQuery(stack.databaseUrl, 'SELECT 1')).toEqual([1]);
    await stack.stop();
    const isQuiet = async () => (await processesIn(dataDir)).length === 0;
    expect(await waitUntil(isQuiet, WITHIN_MS)).toBe(true);
  });

  async function parentOf(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^PPid:\s*(\d+)/m.exec(status)?.[1]);
  }
});

describe('a directory that only its owner may enter', () => {
  beforeEach(makeDirectory);
  afterEach(removeDirectory);

  it('is no obstacle for any user that PostgreSQL runs as', async () => {
    await mkdir(dataDir);
    await chmod(parent, 0o700);
    const stack = await startLocalStack({ dataDir: path.join(dataDir, 'deep'), durability: 'off' });
    expect(await pgQuery(stack.databaseUrl, 'SELECT 1')).toEqual([1]);
    await stack.stop();
  });
});
