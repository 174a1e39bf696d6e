/** Starts one process in its role and stops it in order: no new work first, then what is under way, then connections. */
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { readEnv, type Env, type ProcessRole } from './config/env.js';
import { explainAndExit } from './explain-start-failure.js';
import { DrainHttpService } from './platform/http-server/drain-http.service.js';
import { createHttpAdapter, prepareHttpApp } from './platform/http-server/http-app.js';
import { Logger, NestLogger } from './platform/logging/logger.js';

/** How long requests under way may take to end once the process no longer listens, and once it is in a hurry. */
const MAX_REQUESTS_MS = 10_000;
const MAX_HURRIED_REQUESTS_MS = 1_000;
/**
 * A stop that takes longer than this, after the last request, is cut short; the next start finds everything in the
 * rows. All workers stop at the same time, each within its own limit below this one.
 */
const STOP_LIMIT_MS = 4_000;

/** The application of a role, ready to listen; tests use it too. */
export async function createApplication(role: ProcessRole, env: Env): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRole(role, env),
    createHttpAdapter(env, role),
    {
      bodyParser: false,
      abortOnError: false,
      forceCloseConnections: true,
      logger: new NestLogger(new Logger(env.LOG_LEVEL)),
    },
  );
  await prepareHttpApp(app, env, role);
  return app;
}

/** Runs until SIGTERM, SIGINT or the end of the parent process that started this one with a channel. */
export async function startProcess(role: ProcessRole): Promise<void> {
  const startedAt = performance.now();
  const hasParent = process.connected;
  try {
    const env = readEnv();
    const app = await createApplication(role, env);
    await app.listen(env.PORT, env.HOST);
    const logger = app.get(Logger);
    logger.info('process.started', {
      role,
      port: listeningPort(app),
      startMs: Math.round(performance.now() - startedAt),
    });
    const stop = stopOnSignal(app, logger, role === 'worker' ? 0 : env.SHUTDOWN_DRAIN_SECONDS * 1000);
    // The event is missed when the parent was gone before.
    if (hasParent && !process.connected) stop('parent is gone', true);
  } catch (error) {
    explainAndExit(error);
  }
}

/** The port in use, which `PORT=0` leaves to the system. */
function listeningPort(app: NestFastifyApplication): number | undefined {
  const address: AddressInfo | string | null = app.getHttpAdapter().getInstance().server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

/** @param isHurried the port is needed, so there is no time to drain */
type Stop = (reason: string, isHurried: boolean) => void;

/** The first signal stops in order, a second one without draining; when the parent is gone, its port is needed. */
function stopOnSignal(app: NestFastifyApplication, logger: Logger, drainMs: number): Stop {
  const hurry = new AbortController();
  let isStopping = false;
  const stop: Stop = (reason, isHurried) => {
    if (isHurried || isStopping) hurry.abort();
    if (isStopping) return;
    isStopping = true;
    logger.info('process.stopping', { reason });
    stopInOrder(app, drainMs, hurry.signal).then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('process.stop_failed', error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal, false);
    });
  }
  process.once('disconnect', () => {
    stop('parent is gone', true);
  });
  return stop;
}

async function stopInOrder(app: NestFastifyApplication, drainMs: number, hurry: AbortSignal): Promise<void> {
  // Without a drain, as in a worker, requests have the short time.
  const maxRequestsMs = drainMs > 0 ? MAX_REQUESTS_MS : MAX_HURRIED_REQUESTS_MS;
  const maxHurriedRequestsMs = MAX_HURRIED_REQUESTS_MS;
  await app.get(DrainHttpService).drain({ drainMs, maxRequestsMs, maxHurriedRequestsMs }, hurry);
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  await app.close();
}
