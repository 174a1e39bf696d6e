/** Starts the embedded PostgreSQL on loopback: makes the cluster once, and cleans up after a killed run. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ensurePrivateDirectory, keepSecret, readTextIfPresent } from '../private-files.js';
import { findFreePort } from '../process/free-port.js';
import { endProcess, worksIn } from '../process/inspect-process.js';
import { LeashedProcess } from '../process/leashed-process.js';
import { readLogTail, rotateLargeLog } from '../process/read-log-tail.js';
import { SupervisedService } from '../process/supervised-service.js';
import { waitUntil } from '../process/wait-until.js';
import type { Report } from '../report.js';
import { createDatabase, prepareRole, type PostgresAccess } from './databases.js';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { postgresSettings, type Durability } from './postgres-settings.js';
import { chooseServiceUser, giveTo, runAs, type ServiceUser } from './postgres-user.js';

const run = promisify(execFile);

const DATABASE_NAME = 'im_callback';
const SUPERUSER = 'postgres';
/** Recovery after a crash replays the log first, which may take long on a slow disk. */
const START_WITHIN_MS = 60_000;

export interface PostgresOptions {
  dataDir: string;
  durability: Durability;
  report: Report;
}

export interface RunningPostgres {
  databaseUrl: string;
  /** Makes another, empty database and returns its URL. */
  createDatabase: (name: string) => Promise<string>;
  keepDown: (work: () => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
}

interface Cluster {
  directory: string;
  logFile: string;
  port: number;
  user: ServiceUser | null;
  binaries: PostgresBinaries;
  durability: Durability;
}

export async function startPostgres({
  dataDir,
  durability,
  report,
}: PostgresOptions): Promise<RunningPostgres> {
  const directory = path.join(dataDir, 'postgres');
  await ensurePrivateDirectory(path.join(dataDir, 'logs'));
  const cluster: Cluster = {
    directory,
    logFile: path.join(dataDir, 'logs', 'postgres.log'),
    port: await findFreePort(),
    user: await chooseServiceUser(directory),
    binaries: findPostgresBinaries(),
    durability,
  };
  const passwordFile = path.join(dataDir, 'postgres-password');
  const password = await keepSecret(passwordFile, () => randomBytes(24).toString('hex'));
  if (!existsSync(path.join(directory, 'PG_VERSION'))) await makeCluster(cluster, passwordFile, report);
  await giveTo(cluster.user, directory);
  await rotateLargeLog(cluster.logFile);

  const launch = () => launchPostgres(cluster, report);
  const service = await SupervisedService.start({ name: 'PostgreSQL', launch, report });
  const access: PostgresAccess = { port: cluster.port, user: SUPERUSER, password: password.value };
  try {
    const owner = await prepareRole(access);
    const databaseUrl = await createDatabase(access, owner, DATABASE_NAME);
    return {
      databaseUrl,
      createDatabase: (name) => createDatabase(access, owner, name),
      keepDown: (work) => service.keepDown(work),
      stop: () => service.stop(),
    };
  } catch (error) {
    await service.stop();
    throw error;
  }
}

/** `initdb` into a directory of its own first, so that a killed first start leaves nothing half made. */
async function makeCluster(cluster: Cluster, passwordFile: string, report: Report): Promise<void> {
  report('creating the PostgreSQL database');
  const draft = `${cluster.directory}.new`;
  await rm(draft, { recursive: true, force: true });
  await ensurePrivateDirectory(draft);
  await giveTo(cluster.user, draft);
  const { command, args } = runAs(cluster.user, {
    command: cluster.binaries.initdb,
    args: [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      ...(cluster.durability === 'off' ? ['--no-sync'] : []),
    ],
  });
  await run(command, args, { cwd: draft, env: environment() });
  await rm(cluster.directory, { recursive: true, force: true });
  await rename(draft, cluster.directory);
}

async function launchPostgres(cluster: Cluster, report: Report): Promise<LeashedProcess> {
  await clearLeftovers(cluster.directory, report);
  const { command, args } = runAs(cluster.user, {
    command: cluster.binaries.postgres,
    args: ['-D', cluster.directory, ...postgresSettings(cluster.port, cluster.durability)],
  });
  const server = await LeashedProcess.start({
    command,
    args,
    cwd: cluster.directory,
    env: environment(),
    logFile: cluster.logFile,
    politeSignal: 'INT',
    firmSignal: 'QUIT',
  });
  await waitUntil(async () => !server.isRunning || (await isReady(cluster)), START_WITHIN_MS, 15);
  if (server.isRunning && (await isReady(cluster))) return server;
  await server.stop();
  throw new Error(`PostgreSQL did not start:\n${await readLogTail(cluster.logFile)}`);
}

/** PostgreSQL writes its state into the eighth line of its pid file; this is how pg_ctl waits, too. */
async function isReady(cluster: Cluster): Promise<boolean> {
  const lines = (await readTextIfPresent(path.join(cluster.directory, 'postmaster.pid')))?.split('\n') ?? [];
  return Number(lines[3]) === cluster.port && lines[7]?.trim() === 'ready';
}

/**
 * A pid file without its server makes PostgreSQL refuse to start when another program has the same id now;
 * children of a server that was killed keep its shared memory busy until they have noticed.
 */
async function clearLeftovers(directory: string, report: Report): Promise<void> {
  const pidFile = path.join(directory, 'postmaster.pid');
  const pid = Number((await readTextIfPresent(pidFile))?.split('\n')[0]);
  if (pid > 0 && (await worksIn(pid, directory))) {
    report(`stopping a PostgreSQL that a killed run left behind (process ${String(pid)})`);
    await endProcess(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 3_000);
  }
  await rm(pidFile, { force: true });
  if (process.platform !== 'linux') return;
  for (const entry of await readdir('/proc')) {
    const child = Number(entry);
    if (child > 0 && child !== process.pid && (await isServerProcess(child, directory))) {
      await endProcess(child, ['SIGQUIT', 'SIGKILL'], 1_000);
    }
  }
}

async function isServerProcess(pid: number, directory: string): Promise<boolean> {
  const command = await readTextIfPresent(`/proc/${String(pid)}/comm`).catch(() => null);
  return command === 'postgres' && (await worksIn(pid, directory));
}

/** Settings of a PostgreSQL client in our own environment (PGDATA, PGPORT, …) are not meant for this server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}
