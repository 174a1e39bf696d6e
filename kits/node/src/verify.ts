/** Verifies the signature of a callback, over its bytes, in constant time. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CallbackError } from './errors.js';
import { headerReader, type HeaderReader, type HeaderSource } from './headers.js';

/** How far a timestamp may be from our clock. */
export const DEFAULT_WINDOW_MS = 5 * 60 * 1000;

/**
 * `x-app` (default) verifies `X-App-Signature`, which every callback has. The others are for webhooks with that
 * `signature`: `standard-webhooks` verifies `webhook-signature`, `body-hmac` verifies `<prefix>-Signature-256`.
 */
export type SignatureScheme = 'x-app' | 'standard-webhooks' | 'body-hmac';

export interface VerifyOptions {
  /** The secret, or both while it is rotated: the old and the new one, in any order. */
  secrets: string | readonly string[];
  scheme?: SignatureScheme;
  /** How the headers of `body-hmac` begin. Default: `X-App`. */
  prefix?: string;
  windowMs?: number;
  /** The clock. Default: `Date.now`. */
  now?: () => number;
}

export interface Verified {
  /** Index of the secret that fits. */
  secretIndex: number;
  /** Identifies a repeated request; null: the scheme has none (`body-hmac`). */
  replayKey: string | null;
}

interface Check {
  time: number | null;
  replayKey: string | null;
  /** The signatures of the request, and what a secret makes. */
  given: string[];
  expected: (secret: string) => string;
}

/**
 * @param rawBody the bytes as received, before anything parses them
 * @throws CallbackError for a request that is not genuine, TypeError without a secret
 */
export function verify(headers: HeaderSource, rawBody: Uint8Array, options: VerifyOptions): Verified {
  const { scheme = 'x-app', prefix = 'X-App', windowMs = DEFAULT_WINDOW_MS, now = Date.now } = options;
  const secrets = secretsOf(options.secrets);
  const check = CHECKS[scheme](headerReader(headers), rawBody, prefix);
  if (check.time !== null && Math.abs(now() - check.time) > windowMs) {
    throw new CallbackError('outside_window', 'the timestamp is too far from our clock');
  }
  const secretIndex = secrets.findIndex((secret) => {
    const expected = Buffer.from(check.expected(secret));
    return check.given.some((signature) => isEqual(Buffer.from(signature), expected));
  });
  if (secretIndex === -1) throw new CallbackError('wrong_signature', 'the signature does not fit');
  return { secretIndex, replayKey: check.replayKey };
}

type Checker = (header: HeaderReader, rawBody: Uint8Array, prefix: string) => Check;

const CHECKS: Record<SignatureScheme, Checker> = {
  'x-app': (header, rawBody) => {
    const [appKey, timestamp, nonce] = ['X-App-Key', 'X-App-Timestamp', 'X-App-Nonce'].map((name) =>
      required(header, name),
    ) as [string, string, string];
    if (!/^[0-9a-f]{32}$/.test(nonce)) throw malformed('X-App-Nonce');
    const given = signaturesOf(header, 'X-App-Signature', /^[0-9a-f]{64}$/);
    return {
      time: timeOf(timestamp, 'X-App-Timestamp'),
      replayKey: `${appKey}:${nonce}`,
      given,
      expected: (secret) => signatureOf(secret, appKey, timestamp, nonce, rawBody),
    };
  },

  'standard-webhooks': (header, rawBody) => {
    const id = required(header, 'webhook-id');
    const timestamp = required(header, 'webhook-timestamp');
    const given = required(header, 'webhook-signature').split(' ');
    return {
      time: timeOf(timestamp, 'webhook-timestamp') * 1000,
      replayKey: `${id}:${timestamp}`,
      given,
      expected: (secret) => {
        const mac = createHmac('sha256', standardWebhooksKey(secret)).update(`${id}.${timestamp}.`);
        return `v1,${mac.update(rawBody).digest('base64')}`;
      },
    };
  },

  'body-hmac': (header, rawBody, prefix) => {
    const timestamp = header(`${prefix}-Timestamp`);
    return {
      // It is not signed, so it only catches delayed requests, not forged ones; duplicates are dropped by callbackId.
      time: timestamp === '' ? null : timeOf(timestamp, `${prefix}-Timestamp`),
      replayKey: null,
      given: signaturesOf(header, `${prefix}-Signature-256`, /^sha256=[0-9a-f]{64}$/),
      expected: (secret) => `sha256=${createHmac('sha256', secret).update(rawBody).digest('hex')}`,
    };
  },
};

/** The scheme `x-app`: HMAC-SHA256 of AppKey, timestamp, nonce and the hash of the body. */
export function signatureOf(
  secret: string,
  appKey: string,
  timestamp: string,
  nonce: string,
  body: Uint8Array | string,
): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', secret).update([appKey, timestamp, nonce, bodyHash].join('\n')).digest('hex');
}

/** Refuses an empty one: anyone could sign with it. */
export function secretsOf(given: string | readonly string[]): readonly string[] {
  const secrets = typeof given === 'string' ? [given] : given;
  if (secrets.length === 0 || secrets.includes('')) throw new TypeError('the secret is empty');
  return secrets;
}

function required(header: HeaderReader, name: string): string {
  const value = header(name);
  if (value === '') throw new CallbackError('missing_header', `${name} is missing`);
  return value;
}

function malformed(name: string): CallbackError {
  return new CallbackError('malformed_header', `${name} has another form`);
}

function timeOf(timestamp: string, name: string): number {
  if (!/^[0-9]{1,15}$/.test(timestamp)) throw malformed(name);
  return Number(timestamp);
}

/** While a secret is rotated there is one for each of the two. */
function signaturesOf(header: HeaderReader, name: string, form: RegExp): string[] {
  const given = [required(header, name), header(`${name}-Next`), header(`${name}-Previous`)];
  const wellFormed = given.filter((signature) => form.test(signature));
  if (wellFormed.length === 0) throw malformed(name);
  return wellFormed;
}

/** Of `whsec_…` the decoded bytes, of any other secret its UTF-8 bytes. */
function standardWebhooksKey(secret: string): Buffer {
  const encoded = /^whsec_((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/.exec(
    secret,
  )?.[1];
  return encoded ? Buffer.from(encoded, 'base64') : Buffer.from(secret);
}

function isEqual(actual: Buffer, expected: Buffer): boolean {
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
