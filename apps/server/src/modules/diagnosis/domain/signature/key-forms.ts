/** Lists wrong uses of a right key. */
import { withoutInvisible } from '@im/contracts/invisible-characters';
import {
  isStandardWebhooksSecret,
  STANDARD_WEBHOOKS_SECRET_PREFIX,
} from '@im/contracts/signature-standard-webhooks';
import type { KeyForm } from './signed-request.js';

/** The key of `X-App-Signature` is the UTF-8 of the secret as it is. */
export function xAppKey(secret: string): KeyForm {
  return { key: secret, finding: null };
}

/** Of `whsec_…` the base64 behind it, of anything else its UTF-8. */
export function standardWebhooksKey(secret: string): KeyForm {
  return { key: isStandardWebhooksSecret(secret) ? decoded(withoutPrefix(secret)) : secret, finding: null };
}

/** Wrong keys that people derive from this secret. */
export function mistakenKeys(secret: string): KeyForm[] {
  const trimmed = secret.trim();
  const forms = meantKeys(secret, trimmed);
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

/** The secret without invisible characters, or without the prefix of a signature. */
function meantKeys(secret: string, trimmed: string): KeyForm[] {
  const visible = withoutInvisible(secret);
  const meant = withoutVersion(visible);
  const finding = meant === visible ? 'key_invisible' : 'key_prefix';
  const forms: KeyForm[] = [];
  if (meant !== secret && meant !== trimmed) forms.push({ key: meant, finding });
  if (meant !== secret && isStandardWebhooksSecret(meant)) {
    forms.push({ key: decoded(withoutPrefix(meant)), finding });
  }
  return forms;
}

/** Signatures of Standard Webhooks begin with it. */
function withoutVersion(secret: string): string {
  return secret.replace(/^v\d+,\s*(?=whsec_)/, '');
}

function withoutPrefix(secret: string): string {
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX)
    ? secret.slice(STANDARD_WEBHOOKS_SECRET_PREFIX.length)
    : secret;
}

function decoded(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
