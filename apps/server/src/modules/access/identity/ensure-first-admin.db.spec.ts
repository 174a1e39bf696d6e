import { Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ConfigModule } from '../../../config/config.module.js';
import { BackgroundModule } from '../../../platform/background/background.module.js';
import { ClockModule } from '../../../platform/clock/clock.module.js';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../../platform/database/database.module.js';
import { LoggingModule } from '../../../platform/logging/logging.module.js';
import { MetricsModule } from '../../../platform/metrics/metrics.module.js';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { testEnv } from '../../../testing/test-env.js';
import { AccessModule } from '../access.module.js';

const QUIETLY: Pick<NestApplicationOptions, 'logger'> = { logger: false };

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await database.drop();
});

/** One process, from start to stop. */
async function startOnce(overrides: Record<string, string> = {}): Promise<void> {
  const env = testEnv({ DATABASE_URL: database.databaseUrl, ...overrides });

  @Module({
    imports: [
      ConfigModule.with(env),
      LoggingModule,
      MetricsModule.for('all'),
      ClockModule,
      BackgroundModule,
      CryptoModule,
      DatabaseModule,
      AccessModule,
    ],
  })
  class ProcessModule {}

  const context = await NestFactory.createApplicationContext(ProcessModule, QUIETLY);
  await context.close();
}

const users = () => database.query<{ email: string; role: string }>('SELECT email, role FROM users');

it('makes the admin the environment names', async () => {
  await startOnce({ ADMIN_EMAIL: 'Boss@Example.com' });
  expect(await users()).toEqual([{ email: 'boss@example.com', role: 'admin' }]);
});

it('makes one admin and one tenant when several processes start at once', async () => {
  await Promise.all([startOnce(), startOnce(), startOnce(), startOnce()]);
  expect(await users()).toHaveLength(1);
  expect(await database.query('SELECT 1 FROM tenants')).toHaveLength(1);
});

it('leaves an existing admin as it is', async () => {
  await startOnce();
  const before = await database.query('SELECT * FROM users');
  await startOnce({ ADMIN_EMAIL: 'other@example.com', ADMIN_PASSWORD: 'other password' });
  expect(await database.query('SELECT * FROM users')).toEqual(before);
});

it('starts without an admin when the environment names none', async () => {
  await startOnce({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '' });
  expect(await users()).toEqual([]);
});
