/** Converts a webhook to the form of its dialog, and the form to requests. */
import { DEFAULT_DELIVERY_SETTINGS, TIMEOUT_MS } from '@im/contracts/api/webhook-constants';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { DEFAULT_RETRY_POLICY } from '@im/contracts/api/retry-presets';
import type { CreateWebhookRequest, UpdateWebhookRequest, Webhook } from '@im/contracts/api/webhooks';
import { externalIdOf } from '../../../shared/external-ids/external-id.js';
import { isSameBefore, toBeforeForm, toBeforeSettings, type BeforeForm } from './before-form.js';
import {
  changedDeliverySettings,
  toDeliveryForm,
  toDeliverySettings,
  type DeliveryForm,
} from './delivery-form.js';
import { isSamePolicy, toRetryForm, toRetryPolicy, type RetryForm } from './retry-form.js';

export interface HeaderRow {
  /** The key of the row, so that its inputs keep their state. */
  rowId: number;
  name: string;
  value: string;
}

export interface ClientCertificateForm {
  /** PEM; empty on edit leaves it as it is. */
  certificate: string;
  key: string;
  isRemoved: boolean;
}

export interface WebhookForm {
  url: string;
  /** Empty on edit leaves the secret as it is. */
  secret: string;
  /** Removes the webhook's own secret, so that the AppSecret signs. */
  isSecretRemoved: boolean;
  enabled: boolean;
  name: string;
  description: string;
  externalId: string;
  events: string[];
  timeoutSeconds: number;
  retry: RetryForm;
  delivery: DeliveryForm;
  before: BeforeForm;
  headers: HeaderRow[];
  clientCertificate: ClientCertificateForm;
}

export function emptyWebhookForm(): WebhookForm {
  return {
    url: '',
    secret: '',
    isSecretRemoved: false,
    enabled: true,
    name: '',
    description: '',
    externalId: '',
    events: [],
    timeoutSeconds: TIMEOUT_MS.default / 1000,
    retry: toRetryForm(DEFAULT_RETRY_POLICY),
    delivery: toDeliveryForm(DEFAULT_DELIVERY_SETTINGS),
    before: toBeforeForm(null),
    headers: [],
    clientCertificate: emptyClientCertificate(),
  };
}

export function toWebhookForm(webhook: Webhook): WebhookForm {
  return {
    url: webhook.url,
    secret: '',
    isSecretRemoved: false,
    enabled: webhook.enabled,
    name: webhook.name,
    description: webhook.description,
    externalId: webhook.externalId ?? '',
    events: [...webhook.events],
    timeoutSeconds: webhook.timeoutMs / 1000,
    retry: toRetryForm(webhook.retryPolicy),
    delivery: toDeliveryForm(webhook),
    before: toBeforeForm(webhook.before),
    headers: Object.entries(webhook.headers).map(([name, value], rowId) => ({ rowId, name, value })),
    clientCertificate: emptyClientCertificate(),
  };
}

export function toCreateRequest(form: WebhookForm): CreateWebhookRequest {
  const secret = form.secret.trim();
  const name = form.name.trim();
  const description = form.description.trim();
  const externalId = externalIdOf(form.externalId);
  const retryPolicy = toRetryPolicy(form.retry);
  return {
    url: form.url.trim(),
    ...(secret !== '' && { secret }),
    enabled: form.enabled,
    ...(name !== '' && { name }),
    ...(description !== '' && { description }),
    ...(externalId !== null && { externalId }),
    events: form.events,
    timeoutMs: secondsToMs(form.timeoutSeconds),
    ...(retryPolicy && { retryPolicy }),
    ...toDeliverySettings(form.delivery),
    before: toBeforeSettings(form.before),
    headers: toHeaders(form.headers),
    ...(!isCertificateEmpty(form.clientCertificate) && { clientCertificate: toPem(form.clientCertificate) }),
  };
}

/**
 * Only what changed, so that two people who edit different settings do not undo each other. Without `enabled`, which is
 * changed after a question.
 */
export function toUpdateRequest(form: WebhookForm, webhook: Webhook): UpdateWebhookRequest {
  const created = toCreateRequest(form);
  const request: UpdateWebhookRequest = changedDeliverySettings(form.delivery, webhook);
  if (created.url !== webhook.url) request.url = created.url;
  if (form.name.trim() !== webhook.name) request.name = form.name.trim();
  if (form.description.trim() !== webhook.description) request.description = form.description.trim();
  const externalId = externalIdOf(form.externalId);
  if (externalId !== webhook.externalId) request.externalId = externalId;
  if (!isSameJson(form.events, webhook.events)) request.events = form.events;
  if (created.timeoutMs !== webhook.timeoutMs) request.timeoutMs = created.timeoutMs;
  if (!isSameRecord(toHeaders(form.headers), webhook.headers)) request.headers = toHeaders(form.headers);
  const policy: RetryPolicy | null = toRetryPolicy(form.retry);
  if (policy && !isSamePolicy(policy, webhook.retryPolicy)) request.retryPolicy = policy;
  const before = toBeforeSettings(form.before);
  if (!isSameBefore(before, webhook.before)) request.before = before;
  if (form.isSecretRemoved) request.secret = null;
  else if (created.secret) request.secret = created.secret;
  if (form.clientCertificate.isRemoved) request.clientCertificate = null;
  else if (created.clientCertificate) request.clientCertificate = created.clientCertificate;
  return request;
}

function emptyClientCertificate(): ClientCertificateForm {
  return { certificate: '', key: '', isRemoved: false };
}

function isCertificateEmpty({ certificate, key }: ClientCertificateForm): boolean {
  return certificate.trim() === '' && key.trim() === '';
}

function toPem({ certificate, key }: ClientCertificateForm) {
  return { certificate: certificate.trim(), key: key.trim() };
}

/** The missing field of the two; null when both or neither are filled in. */
export function missingPartOf(form: ClientCertificateForm): 'certificate' | 'key' | null {
  if (isCertificateEmpty(form)) return null;
  const { certificate, key } = toPem(form);
  if (certificate === '') return 'certificate';
  return key === '' ? 'key' : null;
}

/** Rows without a name are ignored; of two with the same name the lower counts. */
function toHeaders(rows: readonly HeaderRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter((row) => row.name.trim() !== '').map((row) => [row.name.trim(), row.value.trim()]),
  );
}

function secondsToMs(seconds: number): number {
  return Math.round(seconds * 1000);
}

function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isSameRecord(one: Record<string, string>, other: Record<string, string>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
