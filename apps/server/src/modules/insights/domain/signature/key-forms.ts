/** Ways in which a right key is used wrong. */
import {
  isStandardWebhooksSecret,
  STANDARD_WEBHOOKS_SECRET_PREFIX,
} from '@im/contracts/signature-standard-webhooks';
import type { KeyForm } from './signed-request.js';

/** The key of `X-App-Signature` is the UTF-8 of the secret as it stands there. */
export function xAppKey(secret: string): KeyForm {
  return { key: secret, finding: null };
}

/** Of `whsec_…` the base64 behind it, of anything else its UTF-8. */
export function standardWebhooksKey(secret: string): KeyForm {
  return { key: isStandardWebhooksSecret(secret) ? decoded(withoutPrefix(secret)) : secret, finding: null };
}

/** What else people sign with who hold this secret; none of it is what they should. */
export function mistakenKeys(secret: string): KeyForm[] {
  const trimmed = secret.trim();
  const forms: KeyForm[] = [];
  for (const key of [trimmed, `${trimmed}\n`, `${trimmed}\r\n`, ` ${trimmed}`, `${trimmed} `]) {
    if (key !== secret) forms.push({ key, finding: 'key_whitespace' });
  }
  const bare = withoutPrefix(trimmed);
  for (const key of [
    secret,
    `"${trimmed}"`,
    bare,
    decoded(bare),
    decoded(trimmed),
    Buffer.from(trimmed, 'hex'),
    Buffer.from(trimmed).toString('base64'),
    `${STANDARD_WEBHOOKS_SECRET_PREFIX}${bare}`,
  ]) {
    if (key.length > 0) forms.push({ key, finding: 'key_encoding' });
  }
  return forms;
}

function withoutPrefix(secret: string): string {
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX)
    ? secret.slice(STANDARD_WEBHOOKS_SECRET_PREFIX.length)
    : secret;
}

function decoded(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
