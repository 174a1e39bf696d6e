import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Logger } from '../logging/logger.js';
import { serveConsole } from './console-files.js';
import { ProblemFilter } from './problem.filter.js';

const problems = new ProblemFilter(new Logger('silent'));
let folder: string;
let server: FastifyInstance;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'console-files-'));
  server = fastify();
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><div id="app"></div>');
  await writeFile(join(folder, 'assets', 'main-1a2b.js'), 'start()');
  await serveConsole(server, folder, problems);
}

describe('the console’s files', () => {
  it.each(['/', '/login', '/apps/ak_1/im-webhooks/w1/deliveries?status=failed'])(
    'begin with the page at %s, never cached, scripts of its own origin only',
    async (url) => {
      await build();
      const answer = await server.inject({ url });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('id="app"');
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
    },
  );

  it('may be kept for ever when their name holds their hash', async () => {
    await build();
    const answer = await server.inject({ url: '/assets/main-1a2b.js' });
    expect(answer.body).toBe('start()');
    expect(answer.headers['cache-control']).toContain('immutable');
  });

  it.each(['/api/v1/nope', '/api', '/assets/gone.js', '/in/openim/x'])(
    'leave %s to the server: a problem document, not the page',
    async (url) => {
      await build();
      const answer = await server.inject({ url });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.json()).toMatchObject({ code: 'not_found', status: 404 });
    },
  );

  it('must have been built', async () => {
    await expect(serveConsole(server, folder, problems)).rejects.toThrow('has no index.html');
  });
});
