import type { SignatureScheme } from '@im/contracts/api/delivery-settings';
import { toStandardWebhooksSecret } from '@im/contracts/signature-standard-webhooks';

/** Formats a secret for the receiver's Standard Webhooks library; null if the webhook signs otherwise. */
export function standardWebhooksSecretOf(scheme: SignatureScheme, secret: string | null): string | null {
  return scheme === 'standard-webhooks' && secret !== null ? toStandardWebhooksSecret(secret) : null;
}
