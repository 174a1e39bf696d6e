/** Checks what clients and balancers see of a stopping process. Needs `pnpm build:code`. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import { eventually } from '../../testing/app-under-test.js';
import { startServerProcess, type ServerProcess } from '../../testing/server-process.js';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis, type TestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';

const REQUESTS = 20;

let database: TestDatabase;
let redis: TestRedis;
let server: ServerProcess | undefined;
const sockets: Socket[] = [];

beforeEach(async () => {
  [database, redis] = await Promise.all([createTestDatabase(), leaseTestRedis()]);
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server?.stop('SIGKILL');
  await Promise.all([database.drop(), redis.release()]);
});

async function start(drainSeconds: number): Promise<ServerProcess> {
  server = await startServerProcess('api', {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
    ADMIN_EMAIL: ADMIN_LOGIN[0],
    ADMIN_PASSWORD: ADMIN_LOGIN[1],
    SHUTDOWN_DRAIN_SECONDS: String(drainSeconds),
  });
  return server;
}

async function logIn({ url }: ServerProcess): Promise<string> {
  const [email, password] = ADMIN_LOGIN;
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CSRF_HEADER]: CSRF_HEADER_VALUE },
    body: JSON.stringify({ email, password }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

interface HalfSent {
  finish: () => void;
  answer: Promise<string>;
}

/** A request to create an app with half of its body sent; the server is reading it. */
async function sendHalf({ url }: ServerProcess, cookie: string, name: string): Promise<HalfSent> {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ name, packageName: 'com.example.chat' });
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  await once(socket, 'connect');
  const head = [
    'POST /api/v1/apps HTTP/1.1',
    `Host: ${hostname}`,
    'Content-Type: application/json',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    `Cookie: ${cookie}`,
    `${CSRF_HEADER}: ${CSRF_HEADER_VALUE}`,
    'Expect: 100-continue',
  ].join('\r\n');
  socket.write(`${head}\r\n\r\n`);
  // The server's 100 shows that it is reading.
  await once(socket, 'data');
  socket.write(body.slice(0, 10));
  return { finish: () => socket.write(body.slice(10)), answer: text(socket) };
}

async function isReady({ url }: ServerProcess): Promise<Response> {
  return fetch(`${url}/readyz`);
}

it('serves on while it says that it is going, then ends connections with their answers', async () => {
  const api = await start(120);
  const cookie = await logIn(api);
  const halves = await Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => sendHalf(api, cookie, `Chat ${String(index)}`)),
  );
  const stopped = api.stop('SIGTERM');
  await eventually(async () => (await isReady(api)).status === 503);
  const fresh = await fetch(`${api.url}/api/v1/apps`, { headers: { cookie } });
  expect(fresh.status).toBe(200);
  expect(fresh.headers.get('connection')).toBe('close');
  expect((await fetch(`${api.url}/healthz`)).status).toBe(200);
  for (const { finish } of halves) finish();
  for (const { answer } of halves) {
    // Read to its end: the server closed the connection after it.
    expect(await answer).toMatch(/^HTTP\/1\.1 201 [^]*\r\nConnection: close\r\n/i);
  }
  // A second signal: no more draining.
  await api.stop('SIGTERM');
  await stopped;
  server = undefined;
});

it('lets bodies that are half sent end after it stopped listening', async () => {
  const api = await start(1);
  const cookie = await logIn(api);
  const halves = await Promise.all(
    Array.from({ length: REQUESTS }, (_, index) => sendHalf(api, cookie, `Chat ${String(index)}`)),
  );
  const stopped = api.stop('SIGTERM');
  await eventually(() =>
    isReady(api).then(
      () => false,
      () => true,
    ),
  );
  for (const { finish } of halves) finish();
  for (const { answer } of halves) expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
  await stopped;
  server = undefined;
});
