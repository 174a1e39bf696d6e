import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { boundBodyMemory } from './body-memory.js';

const LARGE = 'x'.repeat(200_000);

let app: FastifyInstance;
let waiting: (() => void)[];

beforeEach(() => {
  waiting = [];
  app = fastify();
  boundBodyMemory(app, (_request, reply) => void reply.status(429).send('later'), 500_000);
  app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.post('/', () => new Promise((resolve) => waiting.push(() => resolve('ok'))));
});

afterEach(async () => {
  await app.close();
});

async function post(base: string, body: string): Promise<number> {
  const response = await fetch(base, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
  await response.text();
  return response.status;
}

async function underway(count: number): Promise<void> {
  while (waiting.length < count) await new Promise(setImmediate);
}

it('large bodies beyond the bound are turned away until others have ended; small ones always pass', async () => {
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const first = [post(base, LARGE), post(base, LARGE)];
  await underway(2);
  expect(await post(base, LARGE)).toBe(429);
  const small = post(base, 'small');
  await underway(3);
  for (const end of waiting.splice(0)) end();
  expect(await Promise.all([...first, small])).toEqual([200, 200, 200]);
  const next = post(base, LARGE);
  await underway(1);
  for (const end of waiting.splice(0)) end();
  expect(await next).toBe(200);
});

it('a single body is let in, however large', async () => {
  const base = await app.listen({ port: 0, host: '127.0.0.1' });
  const huge = post(base, 'x'.repeat(900_000));
  await underway(1);
  for (const end of waiting.splice(0)) end();
  expect(await huge).toBe(200);
});
