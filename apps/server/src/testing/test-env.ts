import { randomBytes } from 'node:crypto';
import { readEnv, type Env } from '../config/env.js';

/** The settings of a server under test: quiet, on a free loopback port, with an admin of its own. */
export function testEnv(overrides: Record<string, string> = {}): Env {
  return readEnv({
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: 'postgres://unused@127.0.0.1:1/none',
    DATABASE_POOL_SIZE: '5',
    REDIS_URL: 'redis://127.0.0.1:1',
    SECRETS_KEY: randomBytes(32).toString('base64'),
    ADMIN_EMAIL: 'admin@example.com',
    ADMIN_PASSWORD: 'correct horse battery',
    LOG_LEVEL: 'silent',
    ...overrides,
  });
}
