/** Describes a callback configuration, stored and opened, and the contexts that its secrets are sealed under. */
import type { WebhookConfigEntity } from './data/webhook-config.entity.js';

/** A callback configuration as stored: what may contain credentials is sealed. */
export type WebhookRow = Pick<WebhookConfigEntity, keyof WebhookConfigEntity>;

/** A callback configuration with the whole URL and the custom headers. */
export type WebhookConfig = Omit<WebhookRow, 'maskedUrl' | 'sealedSettings'>;

/** The values of a webhook's rotation columns without a rotation. */
export const NO_ROTATION = {
  nextSecretCiphertext: null,
  secretStagedAt: null,
  previousSecretCiphertext: null,
  previousSecretExpiresAt: null,
} as const satisfies Partial<WebhookConfig>;

/** The context its query and headers are sealed under, in its row and in its revisions. */
export function sealedSettingsContext(webhookId: string): string {
  return `webhook-settings:${webhookId}`;
}

/** The context a webhook's secret is sealed under. */
export function webhookSecretContext(webhookId: string): string {
  return `webhook:${webhookId}`;
}

/** The values of a webhook's columns without a client certificate. */
export const NO_CLIENT_CERTIFICATE = {
  clientCertificateCiphertext: null,
  clientCertificateSubject: null,
  clientCertificateExpiresAt: null,
} as const satisfies Partial<WebhookConfig>;

/** The context a webhook's client certificate is sealed under. */
export function clientCertificateContext(webhookId: string): string {
  return `webhook-client-certificate:${webhookId}`;
}
