/** Checks the answers to methods that a path does not have. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApplication } from '../../start-process.js';
import { head, RawConnection, type RawAnswer } from '../../testing/raw-http.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { testEnv } from '../../testing/test-env.js';
import { leaseTestRedis } from '../../testing/test-redis.js';

const WEBHOOKS = '/api/v1/apps/ak_1/webhooks';

let service: TestService;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><div id="app"></div>');
  service = await startTestService({ CONSOLE_DIR: folder });
});
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true });
});

async function ask(requestLine: string, headers: Record<string, string> = {}, body = ''): Promise<RawAnswer> {
  const length = body === '' ? {} : { 'Content-Length': body.length };
  const connection = RawConnection.open(service.url);
  try {
    return await connection.send(head(requestLine, { ...headers, ...length }) + body).answer();
  } finally {
    connection.close();
  }
}

function expectNotAllowed(answer: RawAnswer, allow: string): void {
  expect(answer).toMatchObject({
    status: 405,
    headers: { allow, 'content-type': 'application/problem+json; charset=utf-8' },
    body: { code: 'method_not_allowed', status: 405, requestId: answer.headers['x-request-id'] },
  });
}

describe('a path that exists, asked with another method', () => {
  it.each([
    [`PUT ${WEBHOOKS}`, 'GET, HEAD, POST'],
    [`OPTIONS ${WEBHOOKS}`, 'GET, HEAD, POST'],
    [`TRACE ${WEBHOOKS}`, 'GET, HEAD, POST'],
    [`QUERY ${WEBHOOKS}`, 'GET, HEAD, POST'],
    [`PROPFIND ${WEBHOOKS}?depth=1`, 'GET, HEAD, POST'],
    [`NONSENSE ${WEBHOOKS}?limit=1`, 'GET, HEAD, POST'],
    [`DELETE ${WEBHOOKS}/1/test`, 'POST'],
    ['GET /api/v1/auth/login', 'POST'],
    ['POST /api/v1/apps/ak_1/deliveries/export', 'GET, HEAD'],
    ['POST /healthz', 'GET, HEAD'],
    ['DELETE /api/openapi.json', 'GET, HEAD'],
    ['POST /api/docs/reference.js', 'GET, HEAD'],
    ['POST /', 'GET, HEAD'],
    ['PUT /apps/ak_1/webhooks?x=1', 'GET, HEAD'],
  ])('%s is answered 405 and what it allows', async (requestLine, allow) => {
    expectNotAllowed(await ask(requestLine), allow);
  });

  it('is answered the same with any body', async () => {
    expectNotAllowed(
      await ask(`PUT ${WEBHOOKS}`, { 'Content-Type': 'application/json' }, '{'),
      'GET, HEAD, POST',
    );
    expectNotAllowed(await ask(`PUT ${WEBHOOKS}`, { 'Content-Type': 'text/html' }, '<p>'), 'GET, HEAD, POST');
  });

  it('answers HEAD where it answers GET', async () => {
    expect((await fetch(`${service.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });
});

it.each(['GET /api/v1/nothing', 'POST /assets/gone.js', 'NONSENSE /api/nothing'])(
  '%s is answered 404: there is nothing with any method',
  async (requestLine) => {
    const answer = await ask(requestLine);
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(answer.headers.allow).toBeUndefined();
  },
);

it('a worker says so of what it serves, and that the rest is not here', async () => {
  const [database, redis] = [await createTestDatabase(), await leaseTestRedis()];
  const env = testEnv({ DATABASE_URL: database.databaseUrl, REDIS_URL: redis.redisUrl });
  const worker = await createApplication('worker', env);
  await worker.listen(0, '127.0.0.1');
  const url = await worker.getUrl();
  expect((await fetch(`${url}/healthz`, { method: 'POST' })).headers.get('allow')).toBe('GET, HEAD');
  expect((await fetch(`${url}${WEBHOOKS}`, { method: 'PUT' })).status).toBe(404);
  await worker.close();
  await redis.release();
  await database.drop();
});
