/** Runs the real product for the tests: PostgreSQL, Redis, and the server with the console as they were built. */
import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVER_NODE_ARGUMENTS } from '@im/local-services/server-node-arguments';
import { startLocalStack } from '@im/local-services/local-stack';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const SERVER_SCRIPT = path.join(REPOSITORY, 'apps/server/dist/main.all.js');
const CONSOLE_DIR = path.join(REPOSITORY, 'apps/console/dist');
/** Next to what Playwright keeps of failed tests. */
const LOG_FOLDER = path.join(REPOSITORY, 'e2e/test-results');

// A second or two; a busy machine takes far longer without being wrong.
const READY_WITHIN_MS = 180_000;
const PROBE_EVERY_MS = 50;
const STOP_WITHIN_MS = 6_000;
const LOG_TAIL_CHARS = 4_000;

export interface ProductAddress {
  url: string;
  adminEmail: string;
  adminPassword: string;
}

export interface RunningProduct extends ProductAddress {
  stop: () => Promise<void>;
}

export interface ProductOptions {
  /** Of its log. */
  name: string;
  /** Where browsers reach it when that is not where it listens. */
  publicUrl?: string;
}

/** @returns the product with the address at which it listens */
export async function startProduct(options: ProductOptions = { name: 'server' }): Promise<RunningProduct> {
  for (const output of [SERVER_SCRIPT, path.join(CONSOLE_DIR, 'index.html')]) {
    if (!existsSync(output)) throw new Error(`${output} is missing: build first (pnpm build)`);
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'im-e2e-'));
  const stops = [() => rm(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    const stack = await startLocalStack({ dataDir, durability: 'off' });
    stops.push(() => stack.stop());
    const address = await chooseAddress();
    const logFile = path.join(LOG_FOLDER, `${options.name}.log`);
    const server = await spawnServer(logFile, {
      PORT: new URL(address.url).port,
      HOST: '127.0.0.1',
      DATABASE_URL: stack.databaseUrl,
      REDIS_URL: stack.redisUrl,
      SECRETS_KEY: randomBytes(32).toString('base64'),
      SHUTDOWN_DRAIN_SECONDS: '0',
      ADMIN_EMAIL: address.adminEmail,
      ADMIN_PASSWORD: address.adminPassword,
      PUBLIC_URL: options.publicUrl ?? address.url,
      TRUST_PROXY: String(options.publicUrl !== undefined),
      WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8,::1/128',
      CONSOLE_DIR,
    });
    stops.push(() => stopServer(server));
    await becomeReady(server, `${address.url}/readyz`, logFile);
    return { ...address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function chooseAddress(): Promise<ProductAddress> {
  return {
    url: `http://127.0.0.1:${await findFreePort()}`,
    adminEmail: 'admin@example.com',
    adminPassword: randomBytes(12).toString('base64url'),
  };
}

export async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Settings of the person who runs the tests must not reach the server, so it gets only its own environment. */
async function spawnServer(logFile: string, settings: Record<string, string>): Promise<ChildProcess> {
  await mkdir(LOG_FOLDER, { recursive: true });
  const log = createWriteStream(logFile);
  const server = spawn(process.execPath, [...SERVER_NODE_ARGUMENTS, SERVER_SCRIPT], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...settings },
    // The server notices by the channel when this process ends, even if it is killed.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  server.stdout?.pipe(log, { end: false });
  server.stderr?.pipe(log, { end: false });
  server.once('close', () => log.end());
  await once(server, 'spawn');
  return server;
}

async function becomeReady(server: ChildProcess, readyUrl: string, logFile: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (isRunning(server) && Date.now() < deadline) {
    if (await isReady(readyUrl)) return;
    await delay(PROBE_EVERY_MS);
  }
  const log = await readFile(logFile, 'utf8');
  throw new Error(`the server did not become ready:\n${log.slice(-LOG_TAIL_CHARS)}`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (!isRunning(server)) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await Promise.race([exited, delay(STOP_WITHIN_MS, undefined, { ref: false })]);
  if (isRunning(server)) server.kill('SIGKILL');
  await exited;
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
