/**
 * Serves requests of programs that speak forms of their own, whatever their method, path, media type or encoding: they
 * are never answered by the API's rules (404, 405, 415, problem documents). Their addresses contain secrets, so neither
 * logs nor metrics nor traces see them.
 */
import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withoutBasePath } from '../../config/base-path.js';
import type { BodyOwner } from './body-memory.js';
import type { BodyReader } from './body-reader.js';

/** The first segments of their addresses. */
const FOREIGN_PREFIXES = ['/in', '/test-receiver'] as const;
export type ForeignPrefix = (typeof FOREIGN_PREFIXES)[number];
const BINARY = 'application/octet-stream';

export interface ForeignRequest {
  method: string;
  /** Path and query as sent, without the base path. */
  url: string;
  headers: IncomingMessage['headers'];
  /** The sender's address. */
  ip: string;
}

/** A body, or why there is none that can be used. */
export type ForeignBody = { bytes: Buffer } | { error: unknown };

export interface ForeignAnswer {
  /** null: the connection is closed without an answer. */
  status: number | null;
  /** null: an empty body. */
  contentType: string | null;
  body: string;
}

/** Answers one request; neither of its functions throws. */
export interface ForeignVisit {
  /** Who the memory of the body is charged to; absent: the sender's address. */
  owner?: BodyOwner;
  answer(body: ForeignBody): Promise<ForeignAnswer>;
}

export interface ForeignHandler {
  bodyLimitBytes: number;
  /** Called before the body is read. */
  open(request: ForeignRequest): Promise<ForeignVisit>;
}

declare module 'fastify' {
  interface FastifyRequest {
    foreignVisit: ForeignVisit | null;
  }
}

/**
 * Takes the base path off, and hides the rest of a foreign address from the router, and so from everything that reads
 * `request.url`.
 */
export function rewriteUrl(basePath: string): (request: IncomingMessage) => string {
  return ({ url: given = '/' }) => {
    const url = withoutBasePath(given, basePath);
    return FOREIGN_PREFIXES.find((prefix) => isBelow(prefix, url)) ?? url;
  };
}

function isBelow(prefix: ForeignPrefix, url: string): boolean {
  return url.startsWith(prefix) && (url.length === prefix.length || '/?'.includes(url[prefix.length] ?? ''));
}

@Injectable()
export class ForeignRoutes {
  private readonly handlers = new Map<ForeignPrefix, ForeignHandler>();

  /** One handler serves all addresses below a prefix. */
  serve(prefix: ForeignPrefix, handler: ForeignHandler): void {
    this.handlers.set(prefix, handler);
  }

  /** After the hooks of all requests. */
  attachTo(fastify: FastifyInstance, bodies: BodyReader, basePath: string): void {
    if (this.handlers.size === 0) return;
    fastify.decorateRequest('foreignVisit', null);
    for (const [prefix, handler] of this.handlers)
      attachHandler(fastify, bodies, { prefix, basePath }, handler);
  }
}

function attachHandler(
  fastify: FastifyInstance,
  bodies: BodyReader,
  { prefix, basePath }: { prefix: ForeignPrefix; basePath: string },
  handler: ForeignHandler,
): void {
  void fastify.register((scope, _options, done) => {
    // The media type decides nothing here, and one that cannot be read would be refused.
    scope.addHook('onRequest', async (request) => {
      const { raw } = request;
      request.foreignVisit = await handler.open({
        method: request.method,
        url: withoutBasePath(request.originalUrl, basePath),
        headers: { ...raw.headers },
        ip: request.ip,
      });
      const { owner } = request.foreignVisit;
      if (owner) request.bodyOwner = owner;
      raw.headers['content-type'] = BINARY;
    });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (request: FastifyRequest, payload: Readable): Promise<ForeignBody> =>
      bodies.read(request, payload).then(
        (bytes) => ({ bytes }),
        (error: unknown) => ({ error }),
      ),
    );
    scope.route({
      method: [...scope.supportedMethods],
      url: prefix,
      exposeHeadRoute: false,
      config: { bodyLimitBytes: handler.bodyLimitBytes, hasShortAnswer: true },
      handler: answerForeign,
    });
    done();
  });
}

async function answerForeign(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = request.foreignVisit;
  if (!visit) throw new Error('A foreign request is opened before it is answered');
  const body = (request.body as ForeignBody | null | undefined) ?? { bytes: Buffer.alloc(0) };
  const answer = await visit.answer(body);
  if (answer.status === null) {
    reply.hijack();
    request.raw.socket.destroy();
    return reply;
  }
  void reply.code(answer.status);
  if (answer.contentType === null) return reply.header('Content-Length', '0').send();
  return reply.header('Content-Type', answer.contentType).send(answer.body);
}
