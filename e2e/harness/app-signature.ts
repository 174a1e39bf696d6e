/** Computes the `X-App-*` signature from its description, without sharing code with what it tests. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export function signedHeaders(appKey: string, appSecret: string, body: string): Record<string, string> {
  const timestamp = String(Date.now());
  const nonce = randomBytes(16).toString('hex');
  return {
    'X-App-Key': appKey,
    'X-App-Timestamp': timestamp,
    'X-App-Nonce': nonce,
    'X-App-Signature': hmacOf(appSecret, [appKey, timestamp, nonce], body),
  };
}

/** Whether `key` signed this request. */
export function isSignedWith(key: string, headers: IncomingHttpHeaders, body: string): boolean {
  const read = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  const parts = [read('x-app-key'), read('x-app-timestamp'), read('x-app-nonce')];
  return read('x-app-signature') === hmacOf(key, parts, body);
}

function hmacOf(key: string, parts: readonly string[], body: string): string {
  const digest = createHash('sha256').update(body, 'utf8').digest('hex');
  return createHmac('sha256', key)
    .update([...parts, digest].join('\n'))
    .digest('hex');
}
