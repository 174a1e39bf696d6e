/**
 * Serves requests of programs that speak forms of their own, whatever their method, path, media type or encoding: they
 * are never answered by the API's rules (404, 405, 415, problem documents). Their addresses contain secrets, so neither
 * logs nor metrics nor traces see them.
 */
import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BodyOwner } from './body-memory.js';
import type { BodyReader } from './body-reader.js';

/** The first segment of their addresses. */
const FOREIGN_PREFIX = '/in';
const BINARY = 'application/octet-stream';

export interface ForeignRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: IncomingMessage['headers'];
  /** The sender's address. */
  ip: string;
}

/** A body, or why there is none that can be used. */
export type ForeignBody = { bytes: Buffer } | { error: unknown };

export interface ForeignAnswer {
  status: number;
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

/** Hides the rest of a foreign address from the router, and so from everything that reads `request.url`. */
export function routeForeign({ url = '/' }: IncomingMessage): string {
  return isForeign(url) ? FOREIGN_PREFIX : url;
}

function isForeign(url: string): boolean {
  return (
    url.startsWith(FOREIGN_PREFIX) && (url.length === FOREIGN_PREFIX.length || '/?'.includes(url[3] ?? ''))
  );
}

@Injectable()
export class ForeignRoutes {
  private handler: ForeignHandler | null = null;

  /** The one handler of all addresses below {@link FOREIGN_PREFIX}. */
  serve(handler: ForeignHandler): void {
    this.handler = handler;
  }

  /** After the hooks of all requests. */
  attachTo(fastify: FastifyInstance, bodies: BodyReader): void {
    const { handler } = this;
    if (!handler) return;
    fastify.decorateRequest('foreignVisit', null);
    void fastify.register((scope, _options, done) => {
      // The media type decides nothing here, and one that cannot be read would be refused.
      scope.addHook('onRequest', async (request) => {
        const { raw } = request;
        request.foreignVisit = await handler.open({
          method: request.method,
          url: request.originalUrl,
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
        url: FOREIGN_PREFIX,
        exposeHeadRoute: false,
        config: { bodyLimitBytes: handler.bodyLimitBytes, hasShortAnswer: true },
        handler: answerForeign,
      });
      done();
    });
  }
}

async function answerForeign(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = request.foreignVisit;
  if (!visit) throw new Error('A foreign request is opened before it is answered');
  const body = (request.body as ForeignBody | null | undefined) ?? { bytes: Buffer.alloc(0) };
  const answer = await visit.answer(body);
  void reply.code(answer.status);
  if (answer.contentType === null) return reply.header('Content-Length', '0').send();
  return reply.header('Content-Type', answer.contentType).send(answer.body);
}
