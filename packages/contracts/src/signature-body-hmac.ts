/**
 * The signature scheme `body-hmac`: HMAC-SHA256 over the body alone, as receivers written for GitHub-like webhooks
 * verify it. The parts for every runtime; `signature-node` signs and verifies.
 */

/** What the prefix of the headers may be. */
export const SIGNATURE_PREFIX = /^[A-Za-z][A-Za-z0-9-]{0,30}$/;

export const DEFAULT_SIGNATURE_PREFIX = 'X-App';

/** What stands before the hex of a signature. */
export const BODY_HMAC_ALGORITHM = 'sha256=';

const SIGNATURE = /^sha256=[0-9a-f]{64}$/;

/** Names of the request headers of the scheme. */
export interface BodyHmacHeaders {
  signature: string;
  /** Signatures of the same body while a secret is rotated: with the staged key, and with the old one. */
  next: string;
  previous: string;
  event: string;
  deliveryId: string;
  webhookId: string;
  /** Unix time of the attempt in milliseconds, decimal; not signed. */
  timestamp: string;
}

/** @param prefix of the webhook, such as `X-App` */
export function bodyHmacHeaders(prefix: string): BodyHmacHeaders {
  const signature = `${prefix}-Signature-256`;
  return {
    signature,
    next: `${signature}-Next`,
    previous: `${signature}-Previous`,
    event: `${prefix}-Event`,
    deliveryId: `${prefix}-Delivery`,
    webhookId: `${prefix}-Webhook-ID`,
    timestamp: `${prefix}-Timestamp`,
  };
}

/** @returns all of them in lower case */
export function bodyHmacHeaderNames(prefix: string): string[] {
  return Object.values<string>({ ...bodyHmacHeaders(prefix) }).map((name) => name.toLowerCase());
}

/** @returns the prefix that the headers of a request have, in any case; undefined: it is not signed by the scheme */
export function bodyHmacPrefixOf(
  headers: Iterable<readonly [name: string, value: string]>,
): string | undefined {
  for (const [name, value] of headers) {
    const prefix = /^(.+)-signature-256$/i.exec(name)?.[1];
    if (prefix !== undefined && SIGNATURE_PREFIX.test(prefix) && SIGNATURE.test(value)) return prefix;
  }
  return undefined;
}

/** @returns such as `App-Webhooks/1.0` of the prefix `X-App` */
export function bodyHmacUserAgent(prefix: string): string {
  return `${prefix.replace(/^x-(?=.)/i, '')}-Webhooks/1.0`;
}
