/** Sums each folded section of the webhook form up in one line. */
import type { Translate } from '../../../i18n/i18n.js';
import { externalIdOf } from '../../../shared/external-ids/external-id.js';
import { canBatch } from './delivery-form.js';
import type { FormSection } from './form-sections.js';
import type { WebhookForm } from './webhook-form.js';

const MAX_HEADER_NAMES = 3;

export function sectionSummaries(form: WebhookForm, t: Translate): Record<FormSection, string> {
  return {
    delivery: deliverySummary(form, t),
    retry: `${t(`webhooks.retry.${form.retry.choice}`)} · ${t(`webhooks.retry.${form.retry.choice}Hint`)}`,
    headers: headersSummary(form, t),
    before: form.before.isOn
      ? t('webhooks.form.beforeOn', { count: form.before.events.length })
      : t('webhooks.form.beforeOff'),
    advanced: externalIdOf(form.externalId) ?? t('externalIds.none'),
  };
}

function deliverySummary({ delivery, timeoutSeconds }: WebhookForm, t: Translate): string {
  const { format, signature, ordering, isBatched, rateLimitPerSecond } = delivery;
  return [
    `${t('webhooks.form.timeout')} ${String(timeoutSeconds)} s`,
    t(`webhooks.delivery.formats.${format}`),
    signature === 'x-app' ? '' : t(`webhooks.delivery.signatures.${signature}`),
    ordering === 'none' ? '' : t(`webhooks.delivery.orderings.${ordering}`),
    isBatched && canBatch(delivery) ? t('webhooks.delivery.batch') : '',
    rateLimitPerSecond ? t('webhooks.delivery.rateLimitSummary', { limit: rateLimitPerSecond }) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function headersSummary({ headers, clientCertificate }: WebhookForm, t: Translate): string {
  const names = headers.map(({ name }) => name.trim()).filter((name) => name !== '');
  const shown = names.slice(0, MAX_HEADER_NAMES).join(', ');
  const list = names.length > MAX_HEADER_NAMES ? `${shown}, …` : shown;
  const certificate = clientCertificate.certificate === '' ? '' : t('webhooks.form.withCertificate');
  return [list || t('webhooks.form.noHeaders'), certificate].filter((part) => part !== '').join(' · ');
}
