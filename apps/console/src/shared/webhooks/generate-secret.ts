import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import { STANDARD_WEBHOOKS_SECRET_PREFIX } from '@im/contracts/signature-standard-webhooks';

/**
 * A secret of 256 random bits, as the receiver pastes it into its configuration: 64 hex digits, or in the form of
 * Standard Webhooks.
 */
export function generateSecret(scheme: SignatureScheme): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return scheme === 'standard-webhooks'
    ? STANDARD_WEBHOOKS_SECRET_PREFIX + btoa(String.fromCharCode(...bytes))
    : Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
