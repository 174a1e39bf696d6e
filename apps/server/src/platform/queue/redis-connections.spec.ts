import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { Logger } from '../logging/logger.js';
import { testEnv } from '../../testing/test-env.js';
import { RedisConnections } from './redis-connections.js';

it('a blocking connection that is closed before it got its name fails nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const env = testEnv({ REDIS_URL: `redis://127.0.0.1:${String(port)}` });
  const connection = new RedisConnections(env, new Logger('fatal')).openBlocking();
  const named = connection.client('SETNAME', 'a worker');
  await once(silent, 'connection');
  connection.disconnect();
  await expect(named).resolves.toBeNull();
  silent.close();
});
