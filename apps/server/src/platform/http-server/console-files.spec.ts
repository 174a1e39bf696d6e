import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gzipSync, gunzipSync } from 'node:zlib';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Logger } from '../logging/logger.js';
import { serveConsole } from './console-files.js';
import { ProblemFilter } from './problem.filter.js';

const problems = new ProblemFilter(new Logger('silent'));
const ORIGINS = ['https://a.example', 'http://localhost:3000'];
const frames = { of: (path: string) => Promise.resolve(path === '/portal/framed' ? ORIGINS : []) };
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

const PAGE =
  '<!doctype html><link rel="icon" href="/favicon.svg" /><script src="/assets/main-1a2b.js"></script><a href="//x"></a><div id="app"></div>';

async function build(basePath = ''): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'robots.txt'), 'User-agent: *');
  await writeFile(join(folder, 'assets', 'main-1a2b.js'), 'start()');
  await serveConsole(server, { folder, basePath }, problems, frames);
}

/** As in the build. */
async function compressPage(): Promise<void> {
  await writeFile(join(folder, 'index.html.br'), brotliCompressSync(PAGE));
  await writeFile(join(folder, 'index.html.gz'), gzipSync(PAGE));
}

const decode = { br: brotliDecompressSync, gzip: gunzipSync };

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

  it.each(['/', '/login', '/index.html'])(
    'begin with the page at %s for browsers, which accept compressed answers, when none is there',
    async (url) => {
      await build();
      const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
      const answer = await server.inject({ url, headers });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toBe(PAGE);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      const head = await server.inject({ method: 'HEAD', url, headers });
      expect(head.statusCode).toBe(200);
      expect(head.headers['content-length']).toBe(String(PAGE.length));
    },
  );

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
  ] as const)('go out compressed to a client that accepts %s', async (accepted, encoding) => {
    await compressPage();
    await build();
    for (const url of ['/', '/login']) {
      const answer = await server.inject({ url, headers: { 'accept-encoding': accepted } });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers.vary).toBe('accept-encoding');
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.headers['content-security-policy']).toContain("script-src 'self'");
      expect(decode[encoding](answer.rawPayload).toString()).toBe(PAGE);
    }
    expect((await server.inject({ url: '/' })).body).toBe(PAGE);
  });

  it('are not sent again to a client that has them in any encoding', async () => {
    await compressPage();
    await build();
    for (const accepted of ['br', 'gzip', 'identity']) {
      const headers = { 'accept-encoding': accepted };
      const { etag } = (await server.inject({ url: '/', headers })).headers;
      const again = await server.inject({ url: '/', headers: { ...headers, 'if-none-match': etag } });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
    }
  });

  it('can be asked for in parts', async () => {
    await build();
    const headers = { range: 'bytes=0-8', 'accept-encoding': 'gzip, br' };
    const answer = await server.inject({ url: '/', headers });
    expect(answer.statusCode).toBe(206);
    expect(answer.body).toBe('<!doctype');
  });

  it('may be cached forever when their name contains their hash, and carry no policy of pages', async () => {
    await build();
    server.addHook('onRequest', (_request, reply, done) => {
      void reply.header('Permissions-Policy', 'camera=()');
      done();
    });
    expect((await server.inject({ url: '/' })).headers).toHaveProperty('permissions-policy');
    const answer = await server.inject({ url: '/assets/main-1a2b.js' });
    expect(answer.body).toBe('start()');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers).not.toHaveProperty('permissions-policy');
  });

  it('are files where they are files', async () => {
    await build();
    const answer = await server.inject({ url: '/robots.txt', headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer.body).toBe('User-agent: *');
  });

  it.each([
    '/api/v1/nope',
    '/api',
    '/assets/gone.js',
    '/in/openim/x',
    '/favicon.ico',
    '/.well-known/security.txt',
    '/wp-login.php',
  ])('leave %s to the server: a problem document, not the page', async (url) => {
    await build();
    const answer = await server.inject({ url });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({ code: 'not_found', status: 404 });
  });

  it('may be framed only where origins are named for the page', async () => {
    await build();
    server.addHook('onRequest', (_request, reply, done) => {
      void reply.header('X-Frame-Options', 'DENY');
      done();
    });
    const framed = (await server.inject({ url: '/portal/framed?tab=docs' })).headers;
    expect(framed['content-security-policy']).toMatch(
      /; frame-ancestors https:..a.example http:..localhost:3000$/,
    );
    expect(framed).not.toHaveProperty('x-frame-options');
    expect(framed['cache-control']).toBe('no-store');
    for (const url of ['/portal', '/', '/portal/other']) {
      const { headers } = await server.inject({ url });
      expect(headers['content-security-policy']).toMatch(/; frame-ancestors 'none'$/);
      expect(headers['x-frame-options']).toBe('DENY');
    }
  });

  it('below a path are named with it, on a page that is sent once', async () => {
    await compressPage();
    await build('/im');
    for (const url of ['/', '/apps/ak_1', '/login?redirect=/']) {
      const { body, headers, statusCode } = await server.inject({
        url,
        headers: { 'accept-encoding': 'br' },
      });
      expect(statusCode).toBe(200);
      expect(body).toContain('href="/im/favicon.svg"');
      expect(body).toContain('src="/im/assets/main-1a2b.js"');
      expect(body).toContain('href="//x"');
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers['content-security-policy']).toContain("script-src 'self'");
      const again = await server.inject({ url, headers: { 'if-none-match': `W/${String(headers.etag)}` } });
      expect(again.statusCode).toBe(304);
    }
    const framed = await server.inject({ url: '/portal/framed' });
    expect(framed.headers['content-security-policy']).toMatch(/frame-ancestors https:..a.example/);
    expect((await server.inject({ url: '/index.html' })).statusCode).toBe(404);
    expect((await server.inject({ url: '/assets/main-1a2b.js' })).body).toBe('start()');
  });

  it('must have been built', async () => {
    await expect(serveConsole(server, { folder, basePath: '' }, problems, frames)).rejects.toThrow(
      'has no index.html',
    );
  });
});
