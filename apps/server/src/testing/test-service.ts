/** Runs the whole service in this process, role `all`, on a free port with its own database and Redis. */
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../start-process.js';
import { ApiClient } from './api-client.js';
import { AppUnderTest } from './app-under-test.js';
import { addApp } from './apps.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { testEnv } from './test-env.js';
import { leaseTestRedis } from './test-redis.js';

export interface TestService {
  app: NestFastifyApplication;
  /** Where it listens. */
  url: string;
  redisUrl: string;
  database: TestDatabase;
  /** A client that is not logged in. */
  anonymous: ApiClient;
  admin: ApiClient;
  /** A new app of the admin's tenant. */
  addApp: () => Promise<AppUnderTest>;
  stop: () => Promise<void>;
}

export const ADMIN_LOGIN = ['admin@example.com', 'correct horse battery'] as const;

export async function startTestService(overrides: Record<string, string> = {}): Promise<TestService> {
  const database = await createTestDatabase();
  const redis = await leaseTestRedis();
  const env = testEnv({
    DATABASE_URL: database.databaseUrl,
    DATABASE_POOL_SIZE: '10',
    REDIS_URL: redis.redisUrl,
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
    ...overrides,
  });
  const app = await createApplication('all', env);
  await app.listen(env.PORT, env.HOST);
  const anonymous = new ApiClient(app);
  const admin = await anonymous.logIn(...ADMIN_LOGIN);
  return {
    app,
    url: await app.getUrl(),
    redisUrl: redis.redisUrl,
    database,
    anonymous,
    admin,
    addApp: async () => new AppUnderTest(admin, await addApp(admin)),
    stop: async () => {
      await app.close();
      await redis.release();
      await database.drop();
    },
  };
}
