/** Converts order, batches, format, signature and rate to their form, and back. */
import type { CallbackFormat, Ordering, SignatureScheme } from '@im/contracts/api/delivery-settings';
import {
  BATCH_EVENTS,
  BATCH_WAIT_MS,
  RATE_LIMIT_PER_SECOND,
  type DeliverySettings,
} from '@im/contracts/api/webhook-constants';
import { DEFAULT_SIGNATURE_PREFIX, SIGNATURE_PREFIX } from '@im/contracts/signature-body-hmac';

export interface DeliveryForm {
  ordering: Ordering;
  format: CallbackFormat;
  signature: SignatureScheme;
  signaturePrefix: string;
  isBatched: boolean;
  /** null: the field was emptied. */
  maxEvents: number | null;
  maxWaitMs: number | null;
  rateLimitPerSecond: number | null;
}

export type DeliveryFault = 'signaturePrefix' | 'maxEvents' | 'maxWaitMs' | 'rateLimitPerSecond';

export function toDeliveryForm(settings: DeliverySettings): DeliveryForm {
  return {
    ordering: settings.ordering,
    format: settings.format,
    signature: settings.signature,
    signaturePrefix: settings.signaturePrefix,
    isBatched: settings.batch !== null,
    maxEvents: settings.batch?.maxEvents ?? BATCH_EVENTS.default,
    maxWaitMs: settings.batch?.maxWaitMs ?? BATCH_WAIT_MS.default,
    rateLimitPerSecond: settings.rateLimitPerSecond,
  };
}

/** The raw format has no envelope for several events. */
export function canBatch(form: Pick<DeliveryForm, 'format'>): boolean {
  return form.format !== 'raw';
}

export function faultsOfDeliveryForm(form: DeliveryForm): Partial<Record<DeliveryFault, true>> {
  const isBatched = form.isBatched && canBatch(form);
  return {
    ...(hasFaultyPrefix(form) && { signaturePrefix: true }),
    ...(isBatched && !isWithin(form.maxEvents, BATCH_EVENTS) && { maxEvents: true }),
    ...(isBatched && !isWithin(form.maxWaitMs, BATCH_WAIT_MS) && { maxWaitMs: true }),
    ...(!isWithin(form.rateLimitPerSecond, RATE_LIMIT_PER_SECOND) && { rateLimitPerSecond: true }),
  };
}

function hasFaultyPrefix({ signature, signaturePrefix }: DeliveryForm): boolean {
  return signature === 'body-hmac' && !SIGNATURE_PREFIX.test(signaturePrefix.trim());
}

/** The settings that the form describes; faulty ones get their default, since the form is not sent then. */
export function toDeliverySettings(form: DeliveryForm): DeliverySettings {
  const { ordering, format, signature } = form;
  const signaturePrefix = form.signaturePrefix.trim();
  const maxEvents = form.maxEvents ?? BATCH_EVENTS.default;
  const maxWaitMs = form.maxWaitMs ?? BATCH_WAIT_MS.default;
  return {
    ordering,
    batch: form.isBatched && canBatch(form) ? { maxEvents, maxWaitMs } : null,
    format,
    signature,
    signaturePrefix: SIGNATURE_PREFIX.test(signaturePrefix) ? signaturePrefix : DEFAULT_SIGNATURE_PREFIX,
    rateLimitPerSecond: form.rateLimitPerSecond ?? RATE_LIMIT_PER_SECOND.default,
  };
}

/** Those settings of the form that differ from the saved ones. */
export function changedDeliverySettings(
  form: DeliveryForm,
  saved: DeliverySettings,
): Partial<DeliverySettings> {
  const settings = toDeliverySettings(form);
  const { ordering, batch, format, signature, signaturePrefix, rateLimitPerSecond } = settings;
  return {
    ...(ordering !== saved.ordering && { ordering }),
    ...(!isSameBatch(batch, saved.batch) && { batch }),
    ...(format !== saved.format && { format }),
    ...(signature !== saved.signature && { signature }),
    ...(signaturePrefix !== saved.signaturePrefix && { signaturePrefix }),
    ...(rateLimitPerSecond !== saved.rateLimitPerSecond && { rateLimitPerSecond }),
  };
}

function isSameBatch(one: DeliverySettings['batch'], other: DeliverySettings['batch']): boolean {
  return one?.maxEvents === other?.maxEvents && one?.maxWaitMs === other?.maxWaitMs;
}

function isWithin(value: number | null, { min, max }: { min: number; max: number }): boolean {
  return value !== null && Number.isInteger(value) && value >= min && value <= max;
}
