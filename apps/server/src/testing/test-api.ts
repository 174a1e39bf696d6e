/** Runs the HTTP API of some modules on a new database, called without a socket. */
import { Module, type NestApplicationOptions, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { vi } from 'vitest';
import { ConfigModule } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { BackgroundModule } from '../platform/background/background.module.js';
import { Clock } from '../platform/clock/clock.js';
import { ClockModule } from '../platform/clock/clock.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { DnsModule } from '../platform/dns/dns.module.js';
import { createHttpAdapter, prepareHttpApp } from '../platform/http-server/http-app.js';
import { IncomingHttpModule } from '../platform/http-server/http-server.module.js';
import { LimitsModule } from '../platform/limits/limits.module.js';
import { LoggingModule } from '../platform/logging/logging.module.js';
import { MetricsModule } from '../platform/metrics/metrics.module.js';
import { TracingModule } from '../platform/tracing/tracing.module.js';
import { ApiClient } from './api-client.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testEnv } from './test-env.js';

/** Bodies are read by the server's own parser. What cannot be wired fails the test that asks for it, by name. */
const QUIETLY: NestApplicationOptions = { logger: false, bodyParser: false, abortOnError: false };

export interface TestApi {
  app: NestFastifyApplication;
  env: Env;
  database: TestDatabase;
  /** A client that is not logged in. */
  anonymous: ApiClient;
  /** Stops the server's clock, so that a slow machine changes no waiting time. */
  stopClock: () => void;
  /** The time of the server's clock. */
  nowMs: () => number;
  /** Puts the server's clock ahead. */
  moveClockBy: (ms: number) => void;
  stop: () => Promise<void>;
}

/** @param modules what is tested, in addition to configuration, logging, crypto and database */
export async function startTestApi(
  modules: Type[],
  overrides: Record<string, string> = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const env = testEnv({ DATABASE_URL: database.databaseUrl, ...overrides });
  const app = await createApp(modules, env);
  let stoppedAtMs: number | undefined;
  let movedMs = 0;
  const nowMs = () => (stoppedAtMs ?? Date.now()) + movedMs;
  vi.spyOn(app.get(Clock), 'nowMs').mockImplementation(nowMs);
  return {
    app,
    env,
    database,
    anonymous: new ApiClient(app),
    stopClock: () => {
      stoppedAtMs ??= Date.now();
    },
    nowMs,
    moveClockBy: (ms) => {
      movedMs += ms;
    },
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

async function createApp(modules: Type[], env: Env): Promise<NestFastifyApplication> {
  @Module({
    imports: [
      ConfigModule.with(env),
      LoggingModule,
      MetricsModule.for('api'),
      TracingModule.for('api'),
      ClockModule,
      BackgroundModule,
      CryptoModule,
      DatabaseModule,
      DnsModule,
      IncomingHttpModule,
      LimitsModule,
      ...modules,
    ],
  })
  class TestModule {}

  const app = await NestFactory.create<NestFastifyApplication>(
    TestModule,
    createHttpAdapter(env, 'api'),
    QUIETLY,
  );
  await prepareHttpApp(app, env, 'api');
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
