/**
 * Format `raw`: the source's own bytes, content type and address form, for receivers written against an IM server.
 * An event that came by HTTP is its payload, byte for byte.
 */
import type { RawRequest } from '../../delivery-store/domain/raw-request.js';
import type { CallbackDelivery, ComposedBody } from './callback.js';

/** What may stand in a header: a source's content type is passed on only when it can be. */
const HEADER_TEXT = /^[\t\x20-\x7e]+$/;

export function rawBody({ rawRequest, payload }: CallbackDelivery): ComposedBody {
  if (!rawRequest) return { contentType: 'application/json', body: Buffer.from(payload, 'utf8') };
  const { contentType, body } = rawRequest;
  return { contentType: HEADER_TEXT.test(contentType) ? contentType : 'application/octet-stream', body };
}

/** The webhook's address with the path or query that the IM server would have appended to it. */
export function rawUrl(webhookUrl: string, rawRequest: RawRequest | null): string {
  if (!rawRequest || (!rawRequest.pathSuffix && !rawRequest.query)) return webhookUrl;
  const url = new URL(webhookUrl);
  const segments = segmentsOf(rawRequest.pathSuffix ?? '');
  if (segments.length > 0) url.pathname = [url.pathname.replace(/\/$/, ''), ...segments].join('/');
  if (rawRequest.query) url.search = url.search ? `${url.search}&${rawRequest.query}` : rawRequest.query;
  return url.href;
}

/** A source cannot lead out of the webhook's path: dot segments are dropped, and nothing is decoded twice. */
function segmentsOf(pathSuffix: string): string[] {
  return pathSuffix
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..')
    .map((segment) => encodeURIComponent(segment.toWellFormed()));
}
