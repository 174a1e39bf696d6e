/** Starts everything in order, after checking that the port and DATA_DIR are free. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lockDataDir } from '../data-dir-lock.js';
import { startPostgres } from '../postgres/start-postgres.js';
import { bothOrNone } from '../process/both-or-none.js';
import { startRedis } from '../redis/start-redis.js';
import { ensurePrivateDirectory, keepSecret } from '../private-files.js';
import { isPortFree } from '../process/free-port.js';
import { PlainError, type Report } from '../report.js';
import { prepareFirstAdmin, type FirstAdmin } from './first-admin.js';
import type { LaunchSettings } from './launch-settings.js';
import { endOrphanedServer } from './orphaned-server.js';
import { ServerLog } from './server-log.js';
import { ServerProcess } from './server-process.js';
import type { Teardown } from './teardown.js';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const SECRETS_KEY_BYTES = 32;

export interface Launched {
  admin: FirstAdmin;
  server: ServerProcess;
  logFile: string;
}

export async function launch(given: LaunchSettings, teardown: Teardown, report: Report): Promise<Launched> {
  const { port } = given;
  const lock = await lockDataDir(given.dataDir);
  teardown.add(() => {
    lock.release();
  });
  const pidFile = path.join(lock.dataDir, 'server.pid');
  await endOrphanedServer(pidFile, report);
  if (!(await isPortFree(port)) || !(await isPortFree(port, '127.0.0.1'))) {
    throw new PlainError(`port ${port} is taken by another program; choose one with PORT=<port>`);
  }
  const settings: LaunchSettings = { ...given, dataDir: lock.dataDir };
  const [postgres, redis] = await startServices(settings, report);
  teardown.add(async () => {
    await Promise.all([postgres.stop(), redis.stop()]);
  });
  const admin = await prepareFirstAdmin(settings);
  const logs = path.join(lock.dataDir, 'logs');
  await ensurePrivateDirectory(logs);
  const log = new ServerLog(path.join(logs, 'server.log'), report);
  teardown.add(() => log.close());
  const server = new ServerProcess({
    script: path.join(REPOSITORY, 'apps/server/dist/main.all.js'),
    pidFile,
    env: await serverEnvironment(
      settings,
      { databaseUrl: postgres.databaseUrl, redisUrl: redis.redisUrl },
      admin,
    ),
    stopsWithinMs: settings.stopsWithinMs,
    readyUrl: `${settings.localUrl}/readyz`,
    log,
    report,
  });
  teardown.add(() => server.stop());
  return { admin, server, logFile: log.file };
}

/** Services that were given by URL are not stopped. */
const notOurs = { stop: () => Promise.resolve() };

function startServices(settings: LaunchSettings, report: Report) {
  const { dataDir, databaseUrl, redisUrl } = settings;
  const parts = { dataDir, durability: 'on', report } as const;
  return bothOrNone(
    databaseUrl === undefined ? startPostgres(parts) : Promise.resolve({ databaseUrl, ...notOurs }),
    redisUrl === undefined ? startRedis(parts) : Promise.resolve({ redisUrl, ...notOurs }),
  );
}

async function serverEnvironment(
  settings: LaunchSettings,
  services: { databaseUrl: string; redisUrl: string },
  admin: FirstAdmin,
): Promise<NodeJS.ProcessEnv> {
  return {
    // Password hashes, files and the host names of PostgreSQL and Redis share libuv's threads.
    UV_THREADPOOL_SIZE: '32',
    ...process.env,
    NODE_ENV: 'production',
    SHUTDOWN_DRAIN_SECONDS: settings.drainSeconds,
    PORT: String(settings.port),
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
    SECRETS_KEY: await chooseSecretsKey(settings),
    PUBLIC_URL: settings.publicUrl,
    WEBHOOK_ALLOWED_CIDRS: settings.allowedCidrs,
    CONSOLE_DIR: path.join(REPOSITORY, 'apps/console/dist'),
  };
}

/** A key belongs to its database: for an external database its owner has to keep it. */
async function chooseSecretsKey({
  secretsKey,
  databaseUrl,
  dataDir,
}: LaunchSettings): Promise<string | undefined> {
  if (secretsKey !== undefined || databaseUrl !== undefined) return secretsKey;
  const kept = await keepSecret(path.join(dataDir, 'secrets-key'), () =>
    randomBytes(SECRETS_KEY_BYTES).toString('base64'),
  );
  return kept.value;
}
