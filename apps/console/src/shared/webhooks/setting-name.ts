/** Names the settings of webhooks as their form does. */
import type { MessageKey, Translate } from '../../i18n/i18n.js';

const HEADER = 'headers.';

const FIELD_KEYS: Readonly<Record<string, MessageKey>> = {
  name: 'webhooks.form.name',
  description: 'webhooks.form.description',
  externalId: 'externalIds.label',
  url: 'webhooks.form.url',
  enabled: 'webhooks.form.enabled',
  disabledReason: 'webhooks.revisions.disabledReason',
  paused: 'webhooks.revisions.paused',
  events: 'webhooks.form.events',
  timeoutMs: 'webhooks.form.timeout',
  retryPolicy: 'webhooks.form.retry',
  ordering: 'webhooks.delivery.ordering',
  batch: 'webhooks.delivery.batch',
  format: 'webhooks.delivery.format',
  signature: 'webhooks.delivery.signature',
  signaturePrefix: 'webhooks.delivery.signaturePrefix',
  rateLimitPerSecond: 'webhooks.delivery.rateLimit',
  before: 'webhooks.before.title',
  secret: 'webhooks.detail.secret',
  nextSecret: 'webhooks.revisions.nextSecret',
  clientCertificate: 'webhooks.certificate.title',
};

/** For a setting of a newer server, its own name. */
export function fieldText(field: string, t: Translate): string {
  if (field.startsWith(HEADER)) return t('webhooks.revisions.header', { name: field.slice(HEADER.length) });
  const key = FIELD_KEYS[field];
  return key === undefined ? field : t(key);
}
