import type { MessageKey } from '../../../i18n/i18n.js';
import type { FormField } from './rebase-form.js';

/** Fields as the form names them. */
export const FIELD_LABELS: Record<FormField, MessageKey> = {
  url: 'webhooks.form.url',
  secret: 'webhooks.form.secret',
  isSecretRemoved: 'webhooks.form.secret',
  enabled: 'webhooks.form.enabled',
  name: 'webhooks.form.name',
  description: 'webhooks.form.description',
  externalId: 'externalIds.label',
  events: 'webhooks.form.events',
  timeoutSeconds: 'webhooks.form.timeout',
  retry: 'webhooks.form.retry',
  delivery: 'webhooks.delivery.title',
  before: 'webhooks.before.title',
  headers: 'webhooks.form.headers',
  clientCertificate: 'webhooks.certificate.title',
};
