/** Reads and checks the four headers of a signed request, as far as possible without the secret. */
import { SIGNATURE_HEADERS, SIGNATURE_WINDOW_MS } from '@im/contracts/signature';

export interface SignedHeaders {
  appKey: string;
  timestamp: string;
  nonce: string;
  signature: string;
}

/** Long enough to be unguessable, short enough to store; no blanks or control characters. */
const NONCE = /^[\x21-\x7e]{8,64}$/;
const UNIX_MS = /^\d{1,15}$/;

/** @returns undefined when one is missing or repeated, or the nonce is not 8 to 64 visible ASCII characters */
export function readSignedHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): SignedHeaders | undefined {
  const appKey = headers[SIGNATURE_HEADERS.appKey.toLowerCase()];
  const timestamp = headers[SIGNATURE_HEADERS.timestamp.toLowerCase()];
  const nonce = headers[SIGNATURE_HEADERS.nonce.toLowerCase()];
  const signature = headers[SIGNATURE_HEADERS.signature.toLowerCase()];
  if (typeof appKey !== 'string' || typeof timestamp !== 'string') return undefined;
  if (typeof nonce !== 'string' || typeof signature !== 'string' || !NONCE.test(nonce)) return undefined;
  return { appKey, timestamp, nonce, signature };
}

/** @param timestamp as sent; it must be Unix milliseconds, decimal */
export function isTimely(timestamp: string, nowMs: number): boolean {
  return UNIX_MS.test(timestamp) && Math.abs(Number(timestamp) - nowMs) <= SIGNATURE_WINDOW_MS;
}
