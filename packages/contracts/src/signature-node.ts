/** The `X-App-Signature` scheme on `node:crypto`: synchronous, for servers. Same results as `signature`. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalString, EMPTY_KEY_MESSAGE, type SignatureInput } from './signature.js';

/**
 * Signs a body.
 *
 * @param key the webhook's own secret when it has one, else the AppSecret; its UTF-8 bytes are the HMAC key
 * @param body the bytes as sent; a string stands for its UTF-8 bytes
 * @returns lower-case hex HMAC-SHA256 of the canonical string
 * @throws TypeError for an empty key
 */
export function signSync(key: string, input: SignatureInput, body: Uint8Array | string): string {
  if (key === '') throw new TypeError(EMPTY_KEY_MESSAGE);
  return createHmac('sha256', key)
    .update(canonicalString(input, sha256Hex(body)))
    .digest('hex');
}

/** @returns the SHA-256 of the bytes (of a string its UTF-8 bytes) in lower-case hex */
export function sha256Hex(body: Uint8Array | string): string {
  return createHash('sha256').update(body).digest('hex');
}

/**
 * Verifies a signature in constant time; the caller checks timestamp and nonce.
 *
 * @param signature `X-App-Signature` as received
 * @returns true when the signature belongs to this key and body; false for anything else, malformed input and an
 *   empty key included
 */
export function verifySync(
  key: string,
  input: SignatureInput,
  body: Uint8Array | string,
  signature: string,
): boolean {
  if (key === '') return false;
  const expected = Buffer.from(signSync(key, input, body));
  const actual = Buffer.from(signature);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
