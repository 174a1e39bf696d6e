/** Reads JSON bodies, keeping the bytes: signatures and payloads need them exactly as sent. */
import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from './domain-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request body exactly as received; absent when there was none. */
    rawBody?: Buffer;
  }
}

/** JSON is the only media type the API takes; everything else is answered 415. */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body;
    try {
      done(null, parseJson(request, body));
    } catch (error) {
      done(error as Error);
    }
  });
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new DomainError('malformed_json', 'The body is not valid UTF-8');
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    request.log.debug(error);
    throw new DomainError('malformed_json', `The body is not valid JSON: ${(error as Error).message}`);
  }
}
