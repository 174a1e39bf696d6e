// Signs a request and verifies a callback. Node.js 18 or newer, no packages.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A callback whose timestamp is further from our clock is refused: it may be an old one, sent again. */
const WINDOW_MS = 5 * 60 * 1000;

/** While a secret is rotated there is a signature for each of the two; the one of our secret has to fit. */
const SIGNATURES = ['x-app-signature', 'x-app-signature-next', 'x-app-signature-previous'];

/** body: the bytes as sent. */
export function sign(secret, appKey, timestamp, nonce, body) {
  // With an empty key anyone could sign.
  if (!secret) throw new Error('the secret is empty');
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const text = [appKey, timestamp, nonce, bodyHash].join('\n');
  return createHmac('sha256', secret).update(text).digest('hex');
}

/** headers: by lower-case name; rawBody: the bytes as received, before anything parses them. */
export function isGenuine(secret, headers, rawBody, nowMs = Date.now()) {
  const timestamp = headers['x-app-timestamp'] ?? '';
  if (!secret) return false;
  if (!/^\d{1,15}$/.test(timestamp) || Math.abs(nowMs - Number(timestamp)) > WINDOW_MS) return false;
  const expected = Buffer.from(
    sign(secret, headers['x-app-key'] ?? '', timestamp, headers['x-app-nonce'] ?? '', rawBody),
  );
  return SIGNATURES.some((name) => {
    const actual = Buffer.from(headers[name] ?? '');
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
}
