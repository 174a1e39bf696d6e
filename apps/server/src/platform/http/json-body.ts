/** Reads JSON bodies, keeping the bytes: signatures and payloads need them exactly as sent. */
import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertPlainUtf8 } from './body-encoding.js';
import type { BodyReader } from './body-reader.js';
import { DomainError } from './domain-error.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

declare module 'fastify' {
  interface FastifyRequest {
    /** The request body exactly as received; absent when there was none. */
    rawBody?: Buffer;
  }
}

/**
 * Levels of nesting a body may have. What walks a value by recursion, JSON.stringify for one, fails at some thousands,
 * and many a receiver's parser far earlier.
 */
const MAX_DEPTH = 200;

/**
 * JSON is the only media type the API takes; everything else is answered 415. A route that takes others adds a parser of
 * its own, which reads with the same reader.
 */
export function acceptJsonBodies(fastify: FastifyInstance, bodies: BodyReader): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    assertPlainUtf8(request.headers);
    request.rawBody = await bodies.read(request, payload);
    return parseJson(request, request.rawBody);
  });
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new DomainError('malformed_json', 'The body is not valid UTF-8');
  if (isTooDeep(body)) {
    throw new DomainError('malformed_request', `The body is nested deeper than ${String(MAX_DEPTH)} levels`);
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    request.log.debug(error);
    throw new DomainError('malformed_json', `The body is not valid JSON: ${(error as Error).message}`);
  }
}

function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
