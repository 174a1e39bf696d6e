/** Parses JSON bodies and keeps the bytes: signatures and payloads need them exactly as sent. */
import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../json/json-bytes.js';
import { MIN_SLICED_BYTES, type LoopSlices } from '../limits/loop-slices.js';
import { assertPlainUtf8 } from './body-encoding.js';
import { isReadByRoute } from './body-limit.js';
import { ownerOf, type BodyReader } from './body-reader.js';
import { DomainError } from '../errors/domain-error.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request body exactly as received; absent when there was none. */
    rawBody?: Buffer;
  }
}

/** The maximal nesting of a body. JSON.stringify fails at some thousands, many receivers' parsers far earlier. */
export const MAX_DEPTH = 200;

/** Lists and objects of one body: an empty list has two bytes, but takes a hundred once it is parsed. */
export const MAX_CONTAINERS = 50_000;

/**
 * JSON is the only media type the API takes; everything else is answered 415. A route that takes others adds its own
 * parser, which uses the same reader.
 */
export function acceptJsonBodies(fastify: FastifyInstance, bodies: BodyReader, slices: LoopSlices): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', async (request: FastifyRequest, payload: Readable) => {
    assertPlainUtf8(request.headers);
    const body = await bodies.read(request, payload);
    request.rawBody = body;
    if (isReadByRoute(request.routeOptions.config)) return undefined;
    if (body.length >= MIN_SLICED_BYTES) await slices.next(ownerOf(request).key);
    return parseJson(request, body);
  });
}

function parseJson(request: FastifyRequest, body: Buffer): unknown {
  if (body.length === 0) return undefined;
  if (!isUtf8(body)) throw new DomainError('malformed_json', 'The body is not valid UTF-8');
  refuseTooNested(body);
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    request.log.debug(error);
    throw new DomainError('malformed_json', `The body is not valid JSON: ${(error as Error).message}`);
  }
}

/** Before a body is parsed, which would take long. @throws DomainError `malformed_request` */
export function refuseTooNested(body: Buffer): void {
  let depth = 0;
  let containers = 0;
  let isInString = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) isInString = true;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      containers += 1;
      if (depth > MAX_DEPTH) throw malformed(`is nested deeper than ${String(MAX_DEPTH)} levels`);
      if (containers > MAX_CONTAINERS) throw tooManyContainers();
    }
  }
}

export function tooManyContainers(): DomainError {
  return malformed(`has more than ${String(MAX_CONTAINERS)} lists and objects`);
}

function malformed(what: string): DomainError {
  return new DomainError('malformed_request', `The body ${what}`);
}
