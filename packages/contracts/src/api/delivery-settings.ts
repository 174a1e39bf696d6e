/** Defines how a webhook wants its callbacks: ordering, batching, format, signature and rate. */
import { z } from 'zod';
import { SIGNATURE_PREFIX } from '../signature-body-hmac.js';
import {
  BATCH_EVENTS,
  BATCH_WAIT_MS,
  CALLBACK_FORMATS,
  ORDERINGS,
  RATE_LIMIT_PER_SECOND,
  SIGNATURE_SCHEMES,
} from './webhook-constants.js';

export const orderingSchema = z.enum(ORDERINGS);
export type Ordering = z.infer<typeof orderingSchema>;

export const callbackFormatSchema = z.enum(CALLBACK_FORMATS);
export type CallbackFormat = z.infer<typeof callbackFormatSchema>;

export const signatureSchemeSchema = z.enum(SIGNATURE_SCHEMES);
export type SignatureScheme = z.infer<typeof signatureSchemeSchema>;

export const signaturePrefixSchema = z
  .string()
  .regex(
    SIGNATURE_PREFIX,
    'must begin with a letter and consist of letters, digits and -, at most 31 of them',
  );

export const batchSettingsSchema = z.strictObject({
  /** A batch with this many events goes out at once. */
  maxEvents: z.number().int().min(BATCH_EVENTS.min).max(BATCH_EVENTS.max),
  /** A batch goes out at most this many milliseconds after its first event came. */
  maxWaitMs: z
    .number()
    .int()
    .min(BATCH_WAIT_MS.min, `must be at least ${String(BATCH_WAIT_MS.min)} milliseconds`)
    .max(BATCH_WAIT_MS.max, `must be at most ${String(BATCH_WAIT_MS.max)} milliseconds`),
});
export type BatchSettings = z.infer<typeof batchSettingsSchema>;

/** The fields as a client writes them. */
export const deliverySettingFields = {
  ordering: orderingSchema,
  /** null: every event goes out alone. */
  batch: batchSettingsSchema.nullable(),
  format: callbackFormatSchema,
  signature: signatureSchemeSchema,
  /** How the headers of the signature `body-hmac` begin, such as `X-App` of `X-App-Signature-256`. */
  signaturePrefix: signaturePrefixSchema,
  rateLimitPerSecond: z.number().int().min(RATE_LIMIT_PER_SECOND.min).max(RATE_LIMIT_PER_SECOND.max),
};
