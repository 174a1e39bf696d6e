/** A callback configuration: as it is stored, as it is, and the contexts that its secrets are sealed under. */
import type { WebhookConfigEntity } from './data/webhook-config.entity.js';

/** A callback configuration as it is stored: what may hold credentials is sealed. */
export type WebhookRow = Pick<WebhookConfigEntity, keyof WebhookConfigEntity>;

/** A callback configuration as it is: with the whole URL and the custom headers. */
export type WebhookConfig = Omit<WebhookRow, 'maskedUrl' | 'sealedSettings'>;

/** What a webhook's rotation columns hold while there is no rotation. */
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

/** What a webhook's columns hold while it has no client certificate. */
export const NO_CLIENT_CERTIFICATE = {
  clientCertificateCiphertext: null,
  clientCertificateSubject: null,
  clientCertificateExpiresAt: null,
} as const satisfies Partial<WebhookConfig>;

/** The context a webhook's client certificate is sealed under. */
export function clientCertificateContext(webhookId: string): string {
  return `webhook-client-certificate:${webhookId}`;
}
