/** Lists the secrets that can be rotated. */
import type { App } from '@im/contracts/api/apps';
import type { Webhook } from '@im/contracts/api/webhooks';
import { signatureGuideOf, X_APP_GUIDE } from './signature-guide.js';
import {
  activateAppSecret,
  activateWebhookSecret,
  stageAppSecret,
  stageWebhookSecret,
} from './rotation.api.js';
import type { RotatingSecret } from './use-secret-rotation.js';

export function secretOfApp({ appKey, name, secretRotation }: App): RotatingSecret {
  return {
    kind: 'app',
    name,
    isFirst: false,
    rotation: secretRotation,
    headers: X_APP_GUIDE,
    stage: async () => (await stageAppSecret(appKey)).nextSecret,
    activate: (overlapSeconds) => activateAppSecret(appKey, { overlapSeconds }),
  };
}

export function secretOfWebhook(webhook: Webhook): RotatingSecret {
  const { appKey, webhookId } = webhook;
  return {
    kind: 'webhook',
    name: webhook.name || webhook.url,
    isFirst: !webhook.hasSecret,
    rotation: webhook.secretRotation,
    headers: signatureGuideOf(webhook),
    stage: async () => {
      const { nextSecret, standardWebhooksSecret } = await stageWebhookSecret(appKey, webhookId);
      return standardWebhooksSecret ?? nextSecret;
    },
    activate: (overlapSeconds) => activateWebhookSecret(appKey, webhookId, { overlapSeconds }),
  };
}
