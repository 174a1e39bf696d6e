/** How a webhook wants its callbacks: in what order, how many at once, in what form, signed how, how fast. */
import { z } from 'zod';
import { isStandardWebhooksSecret, STANDARD_WEBHOOKS_SECRET_PREFIX } from '../signature-standard-webhooks.js';

/** `conversation`: the events of one conversation arrive strictly in the order accepted. */
export const orderingSchema = z.enum(['none', 'conversation']);
export type Ordering = z.infer<typeof orderingSchema>;

/**
 * The form of the body: `im` is the service's own envelope, `standard-webhooks` is `{type,timestamp,data}`,
 * `cloudevents` is CloudEvents 1.0 in structured JSON, `raw` is what the source sent, byte for byte.
 */
export const callbackFormatSchema = z.enum(['im', 'standard-webhooks', 'cloudevents', 'raw']);
export type CallbackFormat = z.infer<typeof callbackFormatSchema>;

/** `standard-webhooks` adds the headers `webhook-id`, `-timestamp` and `-signature`; `X-App-*` are always sent. */
export const signatureSchemeSchema = z.enum(['x-app', 'standard-webhooks']);
export type SignatureScheme = z.infer<typeof signatureSchemeSchema>;

/** Events one batch may hold. One alone is no batch, and a receiver must hold all of it in memory. */
export const BATCH_EVENTS = { min: 2, max: 100, default: 20 } as const;
/** How long the first event of a batch waits for others, in milliseconds. */
export const BATCH_WAIT_MS = { min: 10, max: 60_000, default: 1_000 } as const;
/** Requests a second; 0 is no limit. */
export const RATE_LIMIT_PER_SECOND = { min: 0, max: 10_000, default: 0 } as const;

export const batchSettingsSchema = z.strictObject({
  /** A batch that holds so many events goes out at once. */
  maxEvents: z.number().int().min(BATCH_EVENTS.min).max(BATCH_EVENTS.max),
  /** A batch goes out at the latest so many milliseconds after its first event came. */
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
  rateLimitPerSecond: z.number().int().min(RATE_LIMIT_PER_SECOND.min).max(RATE_LIMIT_PER_SECOND.max),
};

export interface DeliverySettings {
  ordering: Ordering;
  batch: BatchSettings | null;
  format: CallbackFormat;
  signature: SignatureScheme;
  rateLimitPerSecond: number;
}

/** What a new webhook gets. */
export const DEFAULT_DELIVERY_SETTINGS: DeliverySettings = {
  ordering: 'none',
  batch: null,
  format: 'im',
  signature: 'x-app',
  rateLimitPerSecond: RATE_LIMIT_PER_SECOND.default,
};

export interface SettingConflict {
  field: 'batch' | 'format' | 'secret';
  message: string;
}

/**
 * Settings that are fine alone and cannot be together.
 *
 * @param settings as they would be afterwards
 * @param changed the fields a change sets; the conflict is told at one of them. Absent: all of them
 * @param secret the secret that is set, when one is
 */
export function findSettingConflicts(
  settings: Pick<DeliverySettings, 'batch' | 'format' | 'signature'>,
  changed: { batch?: unknown } = settings,
  secret?: string | null,
): SettingConflict[] {
  const conflicts: SettingConflict[] = [];
  if (settings.format === 'raw' && settings.batch !== null) {
    conflicts.push(
      changed.batch === undefined
        ? { field: 'format', message: 'cannot be "raw" while "batch" is set: set "batch" to null with it' }
        : {
            field: 'batch',
            message: 'must be null with the format "raw": bytes of a source have no envelope',
          },
    );
  }
  if (settings.signature === 'standard-webhooks' && secret && isBrokenSecret(secret)) {
    conflicts.push({
      field: 'secret',
      message: `must go on with base64 after "${STANDARD_WEBHOOKS_SECRET_PREFIX}" (A-Z a-z 0-9 + /, padded with =)`,
    });
  }
  return conflicts;
}

/** It looks like a Standard Webhooks secret, and no verifier of that scheme could read it. */
function isBrokenSecret(secret: string): boolean {
  return secret.startsWith(STANDARD_WEBHOOKS_SECRET_PREFIX) && !isStandardWebhooksSecret(secret);
}
