/** Signs and verifies by every signature scheme on `node:crypto`: synchronous, for servers. */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import { BODY_HMAC_ALGORITHM } from './signature-body-hmac.js';
import { canonicalString, EMPTY_KEY_MESSAGE, type SignatureInput } from './signature.js';
import {
  isStandardWebhooksSecret,
  STANDARD_WEBHOOKS_SECRET_PREFIX,
  STANDARD_WEBHOOKS_VERSION,
  type StandardWebhooksInput,
} from './signature-standard-webhooks.js';

/**
 * Signs a body.
 *
 * @param key the webhook's own secret when it has one, else the AppSecret; its UTF-8 bytes are the HMAC key
 * @param body the bytes as sent; a string means its UTF-8 bytes
 * @returns lower-case hex HMAC-SHA256 of the canonical string
 * @throws TypeError for an empty key
 */
export function signSync(key: string, input: SignatureInput, body: Uint8Array | string): string {
  return signDigestSync(key, input, sha256Hex(body));
}

/**
 * Signs a body that is already hashed, for several keys.
 *
 * @param bodySha256Hex of {@link sha256Hex}
 * @returns what {@link signSync} returns
 * @throws TypeError for an empty key
 */
export function signDigestSync(key: string, input: SignatureInput, bodySha256Hex: string): string {
  if (key === '') throw new TypeError(EMPTY_KEY_MESSAGE);
  return hmacSha256Hex(key, canonicalString(input, bodySha256Hex));
}

/** @returns lower-case hex of the HMAC; the bare operation, to explain signatures */
export function hmacSha256Hex(key: string | Uint8Array, message: string | Uint8Array): string {
  return createHmac('sha256', key).update(message).digest('hex');
}

/** @returns the SHA-256 of the bytes (of a string its UTF-8 bytes) in lower-case hex */
export function sha256Hex(body: Uint8Array | string): string {
  return hash('sha256', body, 'hex');
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

/**
 * Signs a body: `v1,` and base64 of HMAC-SHA256(key, id + "." + timestamp + "." + body), by the Standard Webhooks
 * specification 1.0.
 *
 * @param secret `whsec_` and base64 of the key bytes; of any other text the UTF-8 bytes are the key
 * @param body the bytes as sent; a string means its UTF-8 bytes
 * @returns one signature of the space-separated list in `webhook-signature`
 * @throws TypeError for an empty secret
 */
export function signStandardWebhookSync(
  secret: string,
  { id, timestamp }: StandardWebhooksInput,
  body: Uint8Array | string,
): string {
  const key = keyOf(secret);
  if (key === '') throw new TypeError(EMPTY_KEY_MESSAGE);
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return `${STANDARD_WEBHOOKS_VERSION},${mac}`;
}

/**
 * Verifies the header `webhook-signature` in constant time; the caller checks the timestamp and stores ids.
 *
 * @param signatures the header as received: one or more signatures, space-separated
 * @returns true when one of them belongs to this secret and body; false for anything else, an empty secret included
 */
export function verifyStandardWebhookSync(
  secret: string,
  input: StandardWebhooksInput,
  body: Uint8Array | string,
  signatures: string,
): boolean {
  if (secret === '') return false;
  const expected = Buffer.from(signStandardWebhookSync(secret, input, body));
  return signatures.split(' ').some((signature) => {
    const actual = Buffer.from(signature);
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}

/**
 * Signs a body by the scheme `body-hmac`.
 *
 * @param key its UTF-8 bytes are the HMAC key
 * @param body the bytes as sent; a string means its UTF-8 bytes
 * @returns `sha256=` and lower-case hex, the header `<prefix>-Signature-256`
 * @throws TypeError for an empty key
 */
export function signBodySync(key: string, body: Uint8Array | string): string {
  if (key === '') throw new TypeError(EMPTY_KEY_MESSAGE);
  return BODY_HMAC_ALGORITHM + hmacSha256Hex(key, body);
}

/**
 * Verifies the header `<prefix>-Signature-256` in constant time.
 *
 * @returns true when the signature belongs to this key and body; false for anything else, an empty key included
 */
export function verifyBodySync(key: string, body: Uint8Array | string, signature: string): boolean {
  if (key === '') return false;
  const expected = Buffer.from(signBodySync(key, body));
  const actual = Buffer.from(signature);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function keyOf(secret: string): Buffer | string {
  if (!isStandardWebhooksSecret(secret)) return secret;
  return Buffer.from(secret.slice(STANDARD_WEBHOOKS_SECRET_PREFIX.length), 'base64');
}
