import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testEnv } from '../../testing/test-env.js';
import { redisSettingsOf } from './redis-settings.js';

const settings = (env: Record<string, string>) => redisSettingsOf(testEnv(env));

describe('redisSettingsOf', () => {
  it('reads host, port, credentials and database of one server', () => {
    expect(settings({ REDIS_URL: 'redis://ops:p%40ss@cache.example:6380/3' })).toEqual({
      nodes: [{ host: 'cache.example', port: 6380 }],
      isCluster: false,
      options: { username: 'ops', password: 'p@ss', db: 3 },
    });
  });

  it('takes the usual port and database when the URL names none', () => {
    expect(settings({ REDIS_URL: 'redis://[::1]' })).toEqual({
      nodes: [{ host: '::1', port: 6379 }],
      isCluster: false,
      options: { db: 0 },
    });
  });

  it('reads the nodes of a cluster, which has no databases', () => {
    const REDIS_URL = 'redis://:secret@a.example:7000, redis://:secret@b.example:7001/0';
    expect(settings({ REDIS_URL, REDIS_CLUSTER: 'true' })).toEqual({
      nodes: [
        { host: 'a.example', port: 7000 },
        { host: 'b.example', port: 7001 },
      ],
      isCluster: true,
      options: { password: 'secret' },
    });
  });

  it('trusts the usual authorities with rediss://, or those of the file', async () => {
    expect(settings({ REDIS_URL: 'rediss://cache.example' }).options.tls).toEqual({});
    const file = path.join(tmpdir(), `ca-${randomBytes(8).toString('hex')}.pem`);
    await writeFile(file, 'certificates');
    try {
      const { options } = settings({ REDIS_URL: 'rediss://cache.example', REDIS_TLS_CA_FILE: file });
      expect(options.tls).toEqual({ ca: 'certificates' });
    } finally {
      await rm(file);
    }
  });
});
