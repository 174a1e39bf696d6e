/** Serves the built console: hashed assets to be cached forever, index.html never, also for the console's own routes. */
import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isConsolePath } from './console-paths.js';
import { DomainError } from '../errors/domain-error.js';
import type { FrameOrigins } from './frame-origins.js';
import type { ProblemFilter } from './problem.filter.js';

const ONE_YEAR_SECONDS = 31_536_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose pages may frame the page that is sent; absent: none. */
    frameOrigins?: readonly string[];
  }
}

/** The console talks to its own origin only. Element Plus positions its poppers with inline styles. */
const RULES = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
];
const CONTENT_SECURITY_POLICY = policyFor([]);

/** @param origins whose pages may frame the page */
function policyFor(origins: readonly string[]): string {
  const ancestors = origins.length > 0 ? origins.join(' ') : "'none'";
  return [...RULES, `frame-ancestors ${ancestors}`].join('; ');
}

const FILE_OPTIONS = {
  wildcard: false,
  // The page at `/` is sent by name below: @fastify/static finds no index when it looks for a compressed one.
  index: false,
  // Compressed files are served instead of their originals, never under their own names.
  preCompressed: true,
  globIgnore: ['**/*.br', '**/*.gz'],
  cacheControl: false,
  setHeaders: (reply, path) => {
    const isHashed = path.includes('/assets/');
    void reply.header(
      'Cache-Control',
      isHashed ? `public, max-age=${String(ONE_YEAR_SECONDS)}, immutable` : 'no-cache',
    );
    // It is a page's, not a script's, and as long as some of them.
    if (isHashed) void reply.removeHeader('Permissions-Policy');
    // The page may be sent as index.html.br.
    if (/\.html(\.\w+)?$/.test(path)) void reply.header('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  },
} satisfies Omit<FastifyStaticOptions, 'root'>;

type SendPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply;

const sendPageAsBuilt: SendPage = (_request, reply) => reply.sendFile('index.html');

/**
 * The page with the addresses of its files below a path. Only the page names them from the root: scripts and styles
 * name each other relatively.
 */
async function pageBelow(basePath: string, root: string): Promise<SendPage> {
  const built = await readFile(join(root, 'index.html'), 'utf8');
  const page = built.replaceAll(/ (href|src)="\/(?!\/)/g, ` $1="${basePath}/`);
  const etag = `"${hash('sha256', page, 'base64url')}"`;
  return (request, reply) => {
    void reply.headers({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'Cache-Control': 'no-cache',
      ETag: etag,
    });
    const isKnown = request.headers['if-none-match']?.includes(etag) ?? false;
    return isKnown ? reply.code(304).send() : reply.send(page);
  };
}

/** The built console, and the path of the host that it is served below; '' at its root. */
interface ConsoleFiles {
  folder: string;
  basePath: string;
}

/**
 * @param problems answers for paths that are neither the console's nor the API's
 * @param frames says which pages may be framed
 * @throws Error when the folder contains no built console
 */
export async function serveConsole(
  fastify: FastifyInstance,
  { folder, basePath }: ConsoleFiles,
  problems: ProblemFilter,
  frames: Pick<FrameOrigins, 'of'>,
): Promise<void> {
  const root = resolve(folder);
  if (!existsSync(join(root, 'index.html'))) throw new Error(`CONSOLE_DIR has no index.html: ${root}`);
  const sendPage = basePath === '' ? sendPageAsBuilt : await pageBelow(basePath, root);
  // A separate scope, because the outer one has Nest's error handler.
  await fastify.register(async (scope) => {
    scope.setErrorHandler((error, request, reply) => {
      problems.send(error, request, reply);
    });
    // Paths of the console's router are no files: all of them serve the same page.
    scope.get('/*', async (request, reply) => {
      const [path = ''] = request.url.split('?');
      if (!isConsolePath(path)) throw new DomainError('not_found', `There is nothing at ${path}`);
      const origins = await frames.of(path);
      if (origins.length > 0) request.frameOrigins = origins;
      return sendPage(request, reply);
    });
    scope.addHook('onSend', (request, reply, _payload, done) => {
      if (request.frameOrigins) allowFrames(reply, request.frameOrigins);
      done();
    });
    const globIgnore = [...FILE_OPTIONS.globIgnore, ...(basePath === '' ? [] : ['index.html'])];
    await scope.register(fastifyStatic, { ...FILE_OPTIONS, globIgnore, root });
  });
}

/** Not kept by browsers: who may frame the page can change from one visit to the next. */
function allowFrames(reply: FastifyReply, origins: readonly string[]): void {
  void reply.removeHeader('X-Frame-Options').headers({
    'Content-Security-Policy': policyFor(origins),
    'Cache-Control': 'no-store',
  });
}
