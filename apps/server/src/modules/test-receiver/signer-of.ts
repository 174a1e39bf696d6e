import type { LiveKeys } from '../apps/domain/secret-rotation.js';
import type { WebhookSettings } from '../webhook-configs/webhook-settings.js';
import type { Signer } from './domain/judge-signature.js';

/** What the receiver of a webhook has to know to verify. */
export function signerOf(settings: WebhookSettings, keys: LiveKeys): Signer {
  return {
    webhookId: settings.webhookId,
    scheme: settings.signatureScheme,
    prefix: settings.signaturePrefix,
    appKey: settings.app.appKey,
    keys: presentKeys(keys),
  };
}

export function presentKeys({ current, next, previous }: LiveKeys): string[] {
  return [current, next, previous].filter((key) => key !== null);
}
