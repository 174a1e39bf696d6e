/** The HTTP API of some modules on a database of its own, called without a socket. */
import cookie from '@fastify/cookie';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { vi } from 'vitest';
import { ConfigModule } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { Clock } from '../platform/clock/clock.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { DatabaseModule } from '../platform/database/database.module.js';
import { acceptJsonBodies } from '../platform/http/json-body.js';
import { ProblemFilter } from '../platform/http/problem.filter.js';
import { Logger } from '../platform/logging/logger.js';
import { LoggingModule } from '../platform/logging/logging.module.js';
import { ApiClient } from './api-client.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testEnv } from './test-env.js';

export interface TestApi {
  app: NestFastifyApplication;
  env: Env;
  database: TestDatabase;
  /** Somebody who is not logged in. */
  anonymous: ApiClient;
  /** The server's clock from now on shows what the real one does plus this. */
  moveClockBy: (ms: number) => void;
  stop: () => Promise<void>;
}

/** @param modules what is tested, besides configuration, logging, crypto and database */
export async function startTestApi(
  modules: Type[],
  overrides: Record<string, string> = {},
): Promise<TestApi> {
  const database = await createTestDatabase();
  const env = testEnv({ DATABASE_URL: database.databaseUrl, ...overrides });
  const app = await createApp(modules, env);
  const clock = app.get(Clock);
  let movedMs = 0;
  vi.spyOn(clock, 'nowMs').mockImplementation(() => Date.now() + movedMs);
  return {
    app,
    env,
    database,
    anonymous: new ApiClient(app),
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
  @Module({ imports: [ConfigModule.with(env), LoggingModule, CryptoModule, DatabaseModule, ...modules] })
  class TestModule {}

  const app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), {
    logger: false,
  });
  await app.register(cookie);
  acceptJsonBodies(app.getHttpAdapter().getInstance());
  app.useGlobalFilters(new ProblemFilter(app.get(Logger)));
  app.setGlobalPrefix('api/v1');
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
