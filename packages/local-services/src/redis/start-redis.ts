/** Starts the embedded Redis on loopback: append-only file in DATA_DIR, with a password of this run. */
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensurePrivateDirectory, readTextIfPresent } from '../private-files.js';
import { findFreePort } from '../process/free-port.js';
import { endProcess, worksIn } from '../process/inspect-process.js';
import { LeashedProcess } from '../process/leashed-process.js';
import { readLogTail, rotateLargeLog } from '../process/read-log-tail.js';
import { SupervisedService } from '../process/supervised-service.js';
import { waitUntil } from '../process/wait-until.js';
import type { Durability } from '../postgres/postgres-settings.js';
import type { Report } from '../report.js';
import { findRedis } from './find-redis.js';
import { ensureClusterWorks, pingRedis } from './ping-redis.js';

/** Loading a large append-only file takes time before Redis answers. */
const START_WITHIN_MS = 60_000;

export interface RedisOptions {
  dataDir: string;
  durability: Durability;
  report: Report;
  /** A cluster of this one node, which has all slots; default: a plain server. */
  isCluster?: boolean;
}

export interface RunningRedis {
  redisUrl: string;
  keepDown: (work: () => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
}

interface Instance {
  binary: string;
  directory: string;
  configFile: string;
  pidFile: string;
  logFile: string;
  port: number;
  password: string;
  isCluster: boolean;
}

export async function startRedis({
  dataDir,
  durability,
  report,
  isCluster = false,
}: RedisOptions): Promise<RunningRedis> {
  const directory = path.join(dataDir, 'redis');
  const instance: Instance = {
    binary: await findRedis(report),
    directory,
    configFile: path.join(directory, 'redis.conf'),
    pidFile: path.join(directory, 'redis.pid'),
    logFile: path.join(dataDir, 'logs', 'redis.log'),
    port: await findFreePort(),
    password: randomBytes(24).toString('hex'),
    isCluster,
  };
  await ensurePrivateDirectory(directory);
  await ensurePrivateDirectory(path.dirname(instance.logFile));
  await rotateLargeLog(instance.logFile);
  await writeFile(instance.configFile, configOf(instance, durability), { mode: 0o600 });

  const launch = () => launchRedis(instance, report);
  const service = await SupervisedService.start({ name: 'Redis', launch, report });
  return {
    redisUrl: `redis://:${instance.password}@127.0.0.1:${String(instance.port)}/0`,
    keepDown: (work) => service.keepDown(work),
    stop: () => service.stop(),
  };
}

/** In a file, since the command line is open to every user of the machine. */
function configOf(instance: Instance, durability: Durability): string {
  const quoted = (value: string) => `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return [
    'bind 127.0.0.1',
    `port ${String(instance.port)}`,
    `requirepass ${instance.password}`,
    'daemonize no',
    `dir ${quoted(instance.directory)}`,
    `pidfile ${quoted(instance.pidFile)}`,
    'save ""',
    'appendonly yes',
    `appendfsync ${durability === 'on' ? 'everysec' : 'no'}`,
    // Jobs must never be evicted to make room.
    'maxmemory-policy noeviction',
    ...(instance.isCluster ? ['cluster-enabled yes', 'cluster-announce-ip 127.0.0.1'] : []),
    '',
  ].join('\n');
}

async function launchRedis(instance: Instance, report: Report): Promise<LeashedProcess> {
  await clearLeftover(instance, report);
  const server = await LeashedProcess.start({
    command: instance.binary,
    args: [instance.configFile],
    cwd: instance.directory,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    logFile: instance.logFile,
    politeSignal: 'TERM',
    firmSignal: 'KILL',
  });
  const answers = () =>
    instance.isCluster
      ? ensureClusterWorks(instance.port, instance.password)
      : pingRedis(instance.port, instance.password);
  await waitUntil(async () => !server.isRunning || (await answers()), START_WITHIN_MS, 15);
  if (server.isRunning && (await answers())) return server;
  await server.stop();
  throw new Error(`Redis did not start:\n${await readLogTail(instance.logFile)}`);
}

/** Two servers writing one append-only file would destroy it. */
async function clearLeftover({ pidFile, directory }: Instance, report: Report): Promise<void> {
  const pid = Number(await readTextIfPresent(pidFile));
  if (pid > 0 && (await worksIn(pid, directory))) {
    report(`stopping a Redis that a killed run left behind (process ${String(pid)})`);
    await endProcess(pid, ['SIGTERM', 'SIGKILL'], 3_000);
  }
  await rm(pidFile, { force: true });
}
