import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { connect, type AddressInfo } from 'node:net';
import { fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { expressCallbacks } from './express.js';
import { fastifyCallbacks } from './fastify.js';
import { createReceiver } from './receiver.js';
import { batch, envelope, SECRET, signed } from './testing/test-cases.js';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const receiverOf = (ids: string[], maxBodyBytes = 4_096) =>
  createReceiver({
    secrets: SECRET,
    onEvent: ({ callbackId }) => void ids.push(callbackId),
    maxBodyBytes,
  });

/** Parses bodies as an app does that has other routes. */
function startExpress(ids: string[], isAfterParser = false): Promise<string> {
  const express = createRequire(import.meta.url)('express') as Express;
  const app = express();
  const callbacks = expressCallbacks(receiverOf(ids));
  if (!isAfterParser) app.post('/callback', callbacks);
  app.use(express.json());
  app.post('/callback', callbacks);
  return listen(createServer(app));
}

/** As much of its types as is used: the package has none of its own. */
interface Express {
  (): RequestListener & {
    post: (path: string, handler: unknown) => void;
    use: (handler: unknown) => void;
  };
  json: () => unknown;
}

function startNode(ids: string[]): Promise<string> {
  const callbacks = expressCallbacks(receiverOf(ids));
  return listen(createServer((request, response) => void callbacks(request, response)));
}

async function startFastify(ids: string[]): Promise<string> {
  const app = fastify();
  await app.register(fastifyCallbacks, { receiver: receiverOf(ids), path: '/callback' });
  app.post('/json', (request) => request.body);
  await app.listen({ port: 0, host: '127.0.0.1' });
  closing.push(() => app.close());
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const post = async (url: string, body: string, headers: Record<string, string>) =>
  (await fetch(`${url}/callback`, { method: 'POST', body, headers: { Connection: 'close', ...headers } }))
    .status;

describe.each([
  ['Express', startExpress],
  ['node:http', startNode],
  ['Fastify', startFastify],
])('a receiver in %s', (_, start) => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/cloudevents+json',
    'text/plain',
  ])('gets the bytes, whatever their type: %s', async (type) => {
    const ids: string[] = [];
    const url = await start(ids);
    const body = ` ${envelope('c1', { text: '你好' })}\n`;
    expect(await post(url, body, signed(body, { 'Content-Type': type }))).toBe(204);
    expect(await post(url, `${body} `, signed(body, { 'Content-Type': type }))).toBe(401);
    expect(ids).toEqual(['c1']);
  });

  it('gets batches, and refuses a body that is too large', async () => {
    const ids: string[] = [];
    const url = await start(ids);
    const body = batch('c1', 'c2');
    const inBatch = { 'X-App-Batch': '2', 'Content-Type': 'application/json' };
    expect(await post(url, body, signed(body, inBatch))).toBe(204);
    const large = envelope('c3', 'x'.repeat(5_000));
    expect(await post(url, large, signed(large, { 'Content-Type': 'application/json' }))).toBe(413);
    expect(ids).toEqual(['c1', 'c2']);
  });
});

it('a connection that ends within a body is no error of the receiver', async () => {
  const ids: string[] = [];
  const callbacks = expressCallbacks(receiverOf(ids));
  const handled: Promise<void>[] = [];
  const server = createServer((request, response) => {
    handled.push(callbacks(request, response));
    socket.destroy();
  });
  const url = new URL(await listen(server));
  const socket = connect(Number(url.port), url.hostname);
  socket.write('POST /callback HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{');
  await once(socket, 'close');
  await expect.poll(() => handled.length).toBe(1);
  await expect(handled[0]).resolves.toBeUndefined();
  expect(ids).toEqual([]);
});

describe('other routes', () => {
  it('of Fastify keep their parser', async () => {
    const url = await startFastify([]);
    const headers = { 'Content-Type': 'application/json', Connection: 'close' };
    const response = await fetch(`${url}/json`, { method: 'POST', body: '{"a":1}', headers });
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('of Express must not parse the body first: it says so', async () => {
    const url = await startExpress([], true);
    const body = envelope('c1');
    const response = await fetch(`${url}/callback`, {
      method: 'POST',
      body,
      headers: signed(body, { 'Content-Type': 'application/json', Connection: 'close' }),
    });
    expect([response.status, await response.text()]).toEqual([
      500,
      expect.stringContaining('before express.json()') as string,
    ]);
  });
});
