/** Starts one process in its role and stops it in order: no new work first, then what is under way, then connections. */
import type { AddressInfo } from 'node:net';
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { EnvError, readEnv, type Env, type ProcessRole } from './config/env.js';
import { explainStartFailure } from './explain-start-failure.js';
import { createHttpAdapter, prepareHttpApp } from './platform/http/http-app.js';
import { Logger, NestLogger } from './platform/logging/logger.js';

/**
 * A stop that takes longer than this is cut short; the next start finds everything in the rows. Every worker's stop begins
 * at once, so that none spends the time of another; each bounds its own wait below this limit.
 */
const STOP_LIMIT_MS = 4_000;
/** `EX_CONFIG` of sysexits.h: whoever supervises us need not try again with the same settings. */
const EXIT_CODE_BAD_SETTINGS = 78;

/** The application of a role, ready to listen; tests use it too. */
export async function createApplication(role: ProcessRole, env: Env): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRole(role, env),
    createHttpAdapter(env),
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
    stopOnSignal(app, logger);
  } catch (error) {
    explainAndExit(error);
  }
}

/** The port in use, which `PORT=0` leaves to the system. */
function listeningPort(app: NestFastifyApplication): number | undefined {
  const address: AddressInfo | string | null = app.getHttpAdapter().getInstance().server.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function stopOnSignal(app: NestFastifyApplication, logger: Logger): void {
  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info('process.stopping', { reason });
    setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('process.stop_failed', error);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', () => {
    stop('parent is gone');
  });
}

/** One clear line per problem; a stack only for what nobody foresaw. */
function explainAndExit(error: unknown): never {
  for (const line of explainStartFailure(error)) process.stderr.write(`${line}\n`);
  process.exit(error instanceof EnvError ? EXIT_CODE_BAD_SETTINGS : 1);
}
