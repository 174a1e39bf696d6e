/** Signs a request to the API with AppKey and AppSecret. */
import { randomBytes } from 'node:crypto';
import { secretsOf, signatureOf } from './verify.js';

export interface SignOptions {
  appKey: string;
  appSecret: string;
  /** Default: `Date.now()`. */
  timestampMs?: number;
  /** 32 lower-case hex digits, new for each request. Default: random ones. */
  nonce?: string;
}

/**
 * @param body what is sent, byte for byte; a string means its UTF-8 bytes
 * @returns the headers to send
 */
export function signRequest(body: Uint8Array | string, options: SignOptions): Record<string, string> {
  const { appKey, appSecret, timestampMs = Date.now(), nonce = randomBytes(16).toString('hex') } = options;
  secretsOf(appSecret);
  const timestamp = String(timestampMs);
  return {
    'X-App-Key': appKey,
    'X-App-Timestamp': timestamp,
    'X-App-Nonce': nonce,
    'X-App-Signature': signatureOf(appSecret, appKey, timestamp, nonce, body),
  };
}
