/**
 * Signs and verifies by the `X-App-Signature` scheme, for every runtime with WebCrypto: Node >= 20, browsers (secure
 * contexts), Deno, Bun. Servers that sign thousands of requests a second use the synchronous `signature-node`.
 */

/** Names of the request headers that carry and accompany the signature. */
export const SIGNATURE_HEADERS = {
  appKey: 'X-App-Key',
  timestamp: 'X-App-Timestamp',
  nonce: 'X-App-Nonce',
  signature: 'X-App-Signature',
} as const;

/**
 * Further signatures of the same canonical string while a secret is rotated: with the staged key until it is
 * activated, and with the old key during the overlap after that.
 */
export const ROTATION_SIGNATURE_HEADERS = {
  next: 'X-App-Signature-Next',
  previous: 'X-App-Signature-Previous',
} as const;

/** Headers that name what is delivered; they are not part of the signed string. */
export const DELIVERY_HEADERS = {
  event: 'X-App-Event',
  callbackId: 'X-App-Callback-Id',
  deliveryId: 'X-App-Delivery-Id',
  webhookId: 'X-App-Webhook-Id',
  attempt: 'X-App-Attempt',
  /** What it is sent for: `event`, `test`, `redelivery`, `before`. */
  kind: 'X-App-Kind',
} as const;

/**
 * Only of a batch: the number of its events, and its id, which is the same when the same events are sent again. A batch
 * has no event, callback id and delivery id of its own; each of its entries has.
 */
export const BATCH_HEADERS = { count: 'X-App-Batch', id: 'X-App-Batch-Id' } as const;

/** The format of the body; absent when that is `im`. */
export const FORMAT_HEADER = 'X-App-Format';

/** How far a request's timestamp may be from the verifier's clock, in milliseconds. */
export const SIGNATURE_WINDOW_MS = 300_000;

/** Anyone can sign with an empty key, so it never signs and is never valid. */
export const EMPTY_KEY_MESSAGE = 'an empty key cannot sign';

export interface SignatureInput {
  /** The AppKey as sent in `X-App-Key`. */
  appKey: string;
  /** `X-App-Timestamp` exactly as sent: Unix time in milliseconds, decimal. */
  timestamp: string;
  /** `X-App-Nonce` exactly as sent: 32 lower-case hex digits. */
  nonce: string;
}

/**
 * The string that is signed: `appKey \n timestamp \n nonce \n sha256hex(body)`.
 *
 * @param input the three header values
 * @param bodySha256Hex lower-case hex SHA-256 of the body bytes as sent
 */
export function canonicalString(input: SignatureInput, bodySha256Hex: string): string {
  return `${input.appKey}\n${input.timestamp}\n${input.nonce}\n${bodySha256Hex}`;
}

/**
 * Signs a body.
 *
 * @param key the webhook's own secret when it has one, else the AppSecret; its UTF-8 bytes are the HMAC key
 * @param body the bytes as sent; a string means its UTF-8 bytes
 * @returns lower-case hex HMAC-SHA256 of the canonical string
 * @throws TypeError for an empty key, and where the page has no WebCrypto (a browser page not served over HTTPS or
 * localhost)
 */
export async function sign(key: string, input: SignatureInput, body: Uint8Array | string): Promise<string> {
  if (key === '') throw new TypeError(EMPTY_KEY_MESSAGE);
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (!subtle) throw new TypeError('WebCrypto is not available here: serve the page over HTTPS or localhost');
  const bytes = typeof body === 'string' ? utf8(body) : Uint8Array.from(body);
  const digest = toHex(await subtle.digest('SHA-256', bytes));
  const hmacKey = await subtle.importKey('raw', utf8(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return toHex(await subtle.sign('HMAC', hmacKey, utf8(canonicalString(input, digest))));
}

/**
 * Verifies a signature in constant time. It checks the signature alone: compare the timestamp with {@link
 * SIGNATURE_WINDOW_MS} and store nonces or `callbackId`s to refuse replays.
 *
 * @param signature `X-App-Signature` as received
 * @returns true when the signature belongs to this key and body; false for anything else, malformed input and an
 *   empty key included
 * @throws TypeError where the page has no WebCrypto (a browser page not served over HTTPS or localhost)
 */
export async function verify(
  key: string,
  input: SignatureInput,
  body: Uint8Array | string,
  signature: string,
): Promise<boolean> {
  if (key === '') return false;
  return constantTimeEqual(await sign(key, input, body), signature);
}

function constantTimeEqual(expected: string, actual: string): boolean {
  if (expected.length !== actual.length) return false;
  let difference = 0;
  for (let i = 0; i < expected.length; i += 1) difference |= expected.charCodeAt(i) ^ actual.charCodeAt(i);
  return difference === 0;
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
