/** Defines custom headers, which a tenant adds to the callbacks of a webhook. */
import { z } from 'zod';
import {
  BATCH_HEADERS,
  DELIVERY_HEADERS,
  FORMAT_HEADER,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
} from '../signature.js';
import { STANDARD_WEBHOOKS_HEADERS } from '../signature-standard-webhooks.js';
import { boundedRecord } from './bounded.js';
import { CHECKUP_HEADER } from './checkup.js';

/** A request header that the service, HTTP or a proxy owns; a webhook's custom headers may not set it. */
const RESERVED_HEADERS = new Set(
  [
    ...Object.values(SIGNATURE_HEADERS),
    ...Object.values(DELIVERY_HEADERS),
    ...Object.values(ROTATION_SIGNATURE_HEADERS),
    ...Object.values(STANDARD_WEBHOOKS_HEADERS),
    ...Object.values(BATCH_HEADERS),
    FORMAT_HEADER,
    CHECKUP_HEADER,
    'Content-Type',
    'Content-Length',
    'Content-Encoding',
    'Host',
    'User-Agent',
    'Connection',
    'Keep-Alive',
    'Proxy-Authenticate',
    'Proxy-Authorization',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Transfer-Encoding',
    'Upgrade',
    'Expect',
  ].map((name) => name.toLowerCase()),
);

/** Of one webhook. */
export const MAX_CUSTOM_HEADERS = 20;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** RFC 9110 field values, kept to visible ASCII, space and tab. */
const HEADER_VALUE = /^[\t\x20-\x7e]{0,1000}$/;

/** Names and values. */
export const customHeadersSchema = boundedRecord(z.string(), z.string(), MAX_CUSTOM_HEADERS).superRefine(
  (headers, context) => {
    const seen = new Set<string>();
    for (const [name, value] of Object.entries(headers)) {
      const message = seen.has(name.toLowerCase())
        ? 'is there twice: case does not matter'
        : faultOf(name, value);
      seen.add(name.toLowerCase());
      if (message !== null) context.addIssue({ code: 'custom', path: [name], message });
    }
  },
);

function faultOf(name: string, value: string): string | null {
  if (!HEADER_NAME.test(name)) return 'is not a valid header name: letters, digits and hyphens, at most 100';
  if (RESERVED_HEADERS.has(name.toLowerCase())) return 'is set by the service and cannot be replaced';
  if (!HEADER_VALUE.test(value))
    return 'may contain visible ASCII characters, spaces and tabs only, at most 1,000';
  return null;
}
