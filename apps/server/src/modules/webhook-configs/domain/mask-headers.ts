/** Masks headers for people: credentials that were configured, and what a receiver may have echoed. */
import { CHECKUP_HEADER } from '@im/contracts/api/checkup';
import { MASK } from '@im/contracts/events/mask-content';
import {
  BATCH_HEADERS,
  DELIVERY_HEADERS,
  FORMAT_HEADER,
  ROTATION_SIGNATURE_HEADERS,
  SIGNATURE_HEADERS,
} from '@im/contracts/signature';
import { bodyHmacHeaderNames, bodyHmacPrefixOf } from '@im/contracts/signature-body-hmac';
import { STANDARD_WEBHOOKS_HEADERS } from '@im/contracts/signature-standard-webhooks';
import { looksLikeSecret } from '@im/contracts/urls/looks-like-secret';

/** Our own headers, which reveal no key. */
const OWN_HEADERS: ReadonlySet<string> = new Set(
  [SIGNATURE_HEADERS, ROTATION_SIGNATURE_HEADERS, STANDARD_WEBHOOKS_HEADERS, DELIVERY_HEADERS, BATCH_HEADERS]
    .flatMap((headers) => Object.values<string>(headers))
    .concat(FORMAT_HEADER, CHECKUP_HEADER, 'Content-Type', 'User-Agent', 'traceparent')
    // As they are sent, and in lower case.
    .flatMap((name) => [name, name.toLowerCase()]),
);

const CREDENTIAL_NAME =
  /auth|cookie|token|secret|passw|passphrase|credential|session|signature|api-?key|jwt|(^|[-_])(key|pwd|pass)$/i;

const SHOWN_CHARACTERS = 4;

/**
 * @param headers as sent
 * @returns the same by name; of a value that looks like a credential at most its first 4 characters, and never
 *   more than a quarter, so that a short secret is not revealed
 */
export function maskHeaders(
  headers: readonly (readonly [name: string, value: string])[],
): Record<string, string> {
  const signing = signingHeadersOf(headers);
  return Object.fromEntries(
    headers.map(([name, value]) => [name, isCredential(name, value, signing) ? maskValue(value) : value]),
  );
}

/** Those of the signature `body-hmac`, whose names are the webhook's choice, in lower case. */
function signingHeadersOf(headers: readonly (readonly [name: string, value: string])[]): ReadonlySet<string> {
  const prefix = bodyHmacPrefixOf(headers);
  return new Set(prefix === undefined ? [] : bodyHmacHeaderNames(prefix));
}

/** By its name, or because the value looks random. */
function isCredential(name: string, value: string, signing: ReadonlySet<string>): boolean {
  if (OWN_HEADERS.has(name) || OWN_HEADERS.has(name.toLowerCase())) return false;
  if (signing.has(name.toLowerCase())) return false;
  return CREDENTIAL_NAME.test(name) || looksLikeSecret(value);
}

function maskValue(value: string): string {
  if (value === '') return '';
  return `${value.slice(0, Math.min(SHOWN_CHARACTERS, Math.floor(value.length / 4)))}****`;
}

/** Shows the names of request headers, and the values of those that do not come from a webhook's settings. */
export function maskCustomHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const signing = signingHeadersOf(Object.entries(headers));
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const isOwn = OWN_HEADERS.has(name.toLowerCase()) || signing.has(name.toLowerCase());
      return [name, isOwn ? value : MASK];
    }),
  );
}

/** Headers that HTTP defines for answers; a receiver has no reason to repeat a message there. */
const PROTOCOL_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'age',
  'allow',
  'cache-control',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expires',
  'keep-alive',
  'last-modified',
  'retry-after',
  'server',
  'strict-transport-security',
  'transfer-encoding',
  'vary',
  'via',
]);

/** Shows the names of a receiver's answer headers, and the values of those that belong to the protocol. */
export function maskResponseHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, maskResponseHeader(name.toLowerCase(), value)]),
  );
}

function maskResponseHeader(name: string, value: string): string {
  if (PROTOCOL_HEADERS.has(name)) return value;
  // The host of a redirect explains it; path and query may contain anything.
  const origin = name === 'location' && URL.canParse(value) ? new URL(value).origin : 'null';
  return origin === 'null' ? MASK : `${origin}/${MASK}`;
}
