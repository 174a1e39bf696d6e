import type { Readable } from 'node:stream';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { head, RawConnection } from '../../testing/raw-http.js';
import { BodyClock, type BodyTimes } from './body-clock.js';
import { BodyMemory } from './body-memory.js';
import { BodyReader } from './body-reader.js';

const LARGE = 'x'.repeat(200_000);
/** Short enough for a test, and long enough for a busy machine. */
const NO_LIMITS: BodyTimes = {
  maxMs: 600_000,
  graceMs: 600_000,
  minBytesPerSecond: 0,
  lingerMs: 600_000,
  sweepMs: 10,
};

let app: FastifyInstance;
let base: string;
let waiting: (() => void)[];
let drain: { isLeaving: boolean };
const connections: RawConnection[] = [];

beforeEach(() => {
  waiting = [];
  drain = { isLeaving: false };
});

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close();
  for (const end of waiting.splice(0)) end();
  await app.close();
});

async function start(times: Partial<BodyTimes> = {}, maxBytes?: number): Promise<void> {
  app = fastify();
  const reader = new BodyReader(new BodyMemory(maxBytes), new BodyClock({ ...NO_LIMITS, ...times }));
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (drain.isLeaving) void reply.header('Connection', 'close');
    done(null, payload);
  });
  reader.attachTo(app, drain);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('text/plain', (request: FastifyRequest, payload: Readable) =>
    reader.read(request, payload),
  );
  app.post('/', { bodyLimit: 1_000_000 }, () => new Promise((resolve) => waiting.push(() => resolve('ok'))));
  const refuse = (_request: FastifyRequest, reply: FastifyReply): void => void reply.status(403).send('no');
  app.post('/refused', { onRequest: refuse }, () => 'ok');
  base = await app.listen({ port: 0, host: '127.0.0.1' });
}

function open(path: string, length: number): RawConnection {
  const connection = RawConnection.open(base);
  connections.push(connection);
  return connection.send(head(`POST ${path}`, { 'Content-Type': 'text/plain', 'Content-Length': length }));
}

async function post(body: string): Promise<number> {
  const response = await fetch(base, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  await response.text();
  return response.status;
}

async function underway(count: number): Promise<void> {
  while (waiting.length < count) await new Promise(setImmediate);
}

describe('the memory of bodies', () => {
  it('refuses large bodies beyond the bound until others have ended; small ones always pass', async () => {
    await start({}, 500_000);
    const first = [post(LARGE), post(LARGE)];
    await underway(2);
    expect(await post(LARGE)).toBe(429);
    const small = post('small');
    await underway(3);
    for (const end of waiting.splice(0)) end();
    expect(await Promise.all([...first, small])).toEqual([200, 200, 200]);
    const next = post(LARGE);
    await underway(1);
    for (const end of waiting.splice(0)) end();
    expect(await next).toBe(200);
  });

  it('lets a single body in, however large', async () => {
    await start({}, 500_000);
    const huge = post('x'.repeat(900_000));
    await underway(1);
    for (const end of waiting.splice(0)) end();
    expect(await huge).toBe(200);
  });
});

describe('a body that is not all here in time', () => {
  it('is answered 408, which its sender gets to read, and hung up on', async () => {
    await start({ maxMs: 50, lingerMs: 50 });
    const connection = open('/', 500_000).send('x');
    expect((await connection.answer()).status).toBe(408);
    await connection.closed();
  });

  it('is answered 408 when it comes more slowly than it may', async () => {
    await start({ graceMs: 50, minBytesPerSecond: 1e9, lingerMs: 50 });
    const connection = open('/', 500_000);
    const answer = connection.answer();
    while (connection.received === '') {
      connection.send('x');
      await new Promise(setImmediate);
    }
    expect((await answer).status).toBe(408);
    await connection.closed();
  });

  it('leaves a request alone that is here as a whole and waits for its answer', async () => {
    await start({ maxMs: 50, graceMs: 20, minBytesPerSecond: 1_000 });
    const posted = post(LARGE);
    await underway(1);
    expect((await open('/', 500_000).answer()).status).toBe(408);
    for (const end of waiting.splice(0)) end();
    expect(await posted).toBe(200);
  });
});

describe('a request refused before its body', () => {
  it('is hung up on when the body goes on and on', async () => {
    await start({ lingerMs: 50 });
    const connection = open('/refused', 500_000).send('x');
    expect((await connection.answer()).status).toBe(403);
    await connection.closed();
  });

  it('keeps its connection when the body ends soon', async () => {
    await start();
    const connection = open('/refused', 3);
    expect((await connection.answer()).status).toBe(403);
    connection.received = '';
    connection.send(`abc${head('POST /refused')}`);
    expect((await connection.answer()).status).toBe(403);
    expect(connection.isClosed).toBe(false);
  });

  it('gets Connection: close from a draining process, and the connection ends after the body', async () => {
    await start();
    drain.isLeaving = true;
    const connection = open('/refused', 500_001).send('x');
    const { status, headers } = await connection.answer();
    expect(status).toBe(403);
    expect(headers.connection).toBe('close');
    connection.send('x'.repeat(400_000));
    expect(connection.isClosed).toBe(false);
    connection.send('x'.repeat(100_000));
    await connection.closed();
  });

  it('is answered 413 although it sends more than it may', async () => {
    await start();
    const connection = open('/', 1_000_001).send('x'.repeat(1_000_001));
    const answer = await connection.answer();
    expect(answer.status).toBe(413);
    expect(answer.headers.connection).not.toBe('close');
  });
});
