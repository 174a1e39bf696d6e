/**
 * The Standard Webhooks signature scheme (https://www.standardwebhooks.com, specification 1.0), symmetric variant: the
 * parts for every runtime. `signature-node` signs and verifies.
 */

/** Names of the request headers of the scheme. */
export const STANDARD_WEBHOOKS_HEADERS = {
  id: 'webhook-id',
  timestamp: 'webhook-timestamp',
  signature: 'webhook-signature',
} as const;

/** The prefix of a secret of the scheme; base64 of the key bytes follows. */
export const STANDARD_WEBHOOKS_SECRET_PREFIX = 'whsec_';

/** The prefix of a signature of the scheme's HMAC-SHA256 variant; base64 follows. */
export const STANDARD_WEBHOOKS_VERSION = 'v1';

/** Padded base64 of the standard alphabet: what verifiers in every language read. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export interface StandardWebhooksInput {
  /** `webhook-id` exactly as sent. */
  id: string;
  /** `webhook-timestamp` exactly as sent: Unix time in seconds, decimal. */
  timestamp: string;
}

/** @returns whether a secret is written in the scheme's own form, `whsec_` and base64 of at least one byte */
export function isStandardWebhooksSecret(secret: string): boolean {
  const encoded = secret.slice(STANDARD_WEBHOOKS_SECRET_PREFIX.length);
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX) && encoded !== '' && BASE64.test(encoded);
}

/**
 * Formats a secret for a verifier of the scheme. One in that form is returned as it is; of any other the UTF-8 bytes
 * are the key.
 *
 * @param secret the webhook's own secret, or the AppSecret
 * @returns `whsec_` and the base64 of the key bytes
 */
export function toStandardWebhooksSecret(secret: string): string {
  if (isStandardWebhooksSecret(secret)) return secret;
  const bytes = new TextEncoder().encode(secret);
  return STANDARD_WEBHOOKS_SECRET_PREFIX + btoa(String.fromCharCode(...bytes));
}
