/** Writes a request of an IM server as the payload of an event, for webhooks of format `raw`, and reads it again. */
import { isUtf8 } from 'node:buffer';
import { isReservedName } from '@im/contracts/events/names';
import type { RawRequest } from './domain/raw-request.js';

interface WrittenRequest {
  contentType: string;
  pathSuffix: string | null;
  query: string | null;
  /** The body, when it is UTF-8. */
  body?: string;
  bodyBase64?: string;
}

/** How such payloads begin. */
export const RAW_REQUEST_PREFIX = '{"rawRequest":';

export function writeRawRequest({ contentType, body, pathSuffix, query }: RawRequest): string {
  const written: WrittenRequest = {
    ...{ contentType, pathSuffix, query },
    ...(isUtf8(body) ? { body: body.toString('utf8') } : { bodyBase64: body.toString('base64') }),
  };
  return `${RAW_REQUEST_PREFIX}${JSON.stringify(written)}}`;
}

/**
 * @param event only names that are reserved for sources have such payloads
 * @returns null: it is the payload of another event
 */
export function readRawRequest(event: string, payload: string): RawRequest | null {
  return isReservedName(event) ? parseRawRequest(payload) : null;
}

/** Of an event with any name, such as a before-callback. @returns null: it is no such payload */
export function parseRawRequest(payload: string): RawRequest | null {
  if (!payload.startsWith(RAW_REQUEST_PREFIX)) return null;
  const { rawRequest } = JSON.parse(payload) as { rawRequest: WrittenRequest | null };
  // Any payload may begin like that.
  if (typeof rawRequest?.contentType !== 'string') return null;
  const { contentType, pathSuffix, query, body, bodyBase64 } = rawRequest;
  return {
    ...{ contentType, pathSuffix, query },
    body: body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body, 'utf8'),
  };
}
