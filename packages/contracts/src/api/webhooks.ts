import { z } from 'zod';
import { clientCertificateSchema } from './client-certificates.js';
import { customHeadersSchema } from './custom-headers.js';
import { diagnosisSchema } from '../diagnosis/diagnosis.js';
import { eventNameSchema, eventPatternSchema } from '../events/name-schemas.js';
import { isMaskedUrl, URL_MASK } from '../urls/mask-callback-url.js';
import { beforeSettingsInputSchema, beforeSettingsSchema } from './before.js';
import { boundedList, jsonObject } from './bounded.js';
import { externalIdSchema, nameText, pageQuerySchema, plainText, visibleText, type Page } from './common.js';
import { successRates } from './success-rates.js';
import { errorClassSchema, deliveryStatusSchema } from './deliveries.js';
import {
  batchSettingsSchema,
  callbackFormatSchema,
  deliverySettingFields,
  orderingSchema,
  signatureSchemeSchema,
} from './delivery-settings.js';
import { retryPolicyInputSchema, retryPolicySchema } from './retry-policy.js';
import { secretRotationSchema, stagedSecretSchema } from './secrets.js';
import { findSettingConflicts } from './setting-conflicts.js';
import { DEFAULT_DELIVERY_SETTINGS, TIMEOUT_MS } from './webhook-constants.js';

/** From this many failed attempts in a row a webhook counts as unhealthy. */
export const UNHEALTHY_FAILURES = 10;

/** How the parts of a `webhook-signature` begin, pasted where the secret belongs. */
const SIGNATURE_OF_SECRET = /^v\d+,\s*whsec_/;

/** Signs for one webhook instead of the AppSecret. Invisible characters are refused. */
export const webhookSecretSchema = visibleText(z.string().max(256)).refine(
  (secret) => !SIGNATURE_OF_SECRET.test(secret),
  'begins with "v1,", which is the prefix of signatures: the secret itself begins with whsec_',
);

/** The URL's address is checked by the server against the guarded ranges; here only its form. */
export const webhookUrlSchema = visibleText(plainText(1, 2048).trim().min(1));

/** The masked form never replaces the whole one. */
const MASKED = `is the masked form (${URL_MASK}): send the whole URL, or leave the field out`;
const callbackUrlSchema = webhookUrlSchema.refine((url) => !isMaskedUrl(url), MASKED);

const settings = {
  name: nameText(100),
  description: plainText(0, 1000),
  /** Unique among the app's webhooks; `ext:<externalId>` in paths. */
  externalId: externalIdSchema.nullable(),
  url: callbackUrlSchema,
  enabled: z.boolean(),
  /** Event names or families such as `message.*`; empty = every event. */
  events: boundedList(eventPatternSchema, 200),
  headers: customHeadersSchema,
  timeoutMs: z
    .number()
    .int()
    .min(TIMEOUT_MS.min, `must be at least ${String(TIMEOUT_MS.min)} milliseconds`)
    .max(TIMEOUT_MS.max, `must be at most ${String(TIMEOUT_MS.max)} milliseconds`),
  retryPolicy: retryPolicyInputSchema,
  ...deliverySettingFields,
  /** null: it is not asked before events. */
  before: beforeSettingsInputSchema.nullable(),
};

const defaults = DEFAULT_DELIVERY_SETTINGS;

export const createWebhookRequestSchema = z
  .strictObject({
    url: settings.url,
    name: settings.name.optional(),
    description: settings.description.optional(),
    externalId: settings.externalId.optional(),
    /** Empty counts as absent: the AppSecret signs. */
    secret: webhookSecretSchema.nullish(),
    /** For receivers that require one (mutual TLS). */
    clientCertificate: clientCertificateSchema.nullish(),
    enabled: settings.enabled.default(true),
    events: settings.events.default([]),
    headers: settings.headers.default({}),
    timeoutMs: settings.timeoutMs.default(TIMEOUT_MS.default),
    retryPolicy: settings.retryPolicy.optional(),
    ordering: settings.ordering.default(defaults.ordering),
    batch: settings.batch.default(defaults.batch),
    format: settings.format.default(defaults.format),
    signature: settings.signature.default(defaults.signature),
    signaturePrefix: settings.signaturePrefix.default(defaults.signaturePrefix),
    rateLimitPerSecond: settings.rateLimitPerSecond.default(defaults.rateLimitPerSecond),
    before: settings.before.default(null),
  })
  .superRefine((webhook, context) => {
    for (const { field, message } of findSettingConflicts(webhook, webhook, webhook.secret)) {
      context.addIssue({ code: 'custom', path: [field], message });
    }
  });
export type CreateWebhookRequest = z.input<typeof createWebhookRequestSchema>;

/**
 * Absent fields stay. `secret`: absent or empty leaves it unchanged, `null` removes it; `clientCertificate`: `null`
 * removes it. {@link findSettingConflicts} finds conflicts between a change and the stored settings.
 */
export const updateWebhookRequestSchema = z
  .strictObject({
    ...settings,
    secret: webhookSecretSchema.nullable(),
    clientCertificate: clientCertificateSchema.nullable(),
  })
  .partial();
export type UpdateWebhookRequest = z.input<typeof updateWebhookRequestSchema>;

export const webhookHealthSchema = z.enum(['healthy', 'failing', 'unhealthy', 'paused', 'disabled']);
export type WebhookHealth = z.infer<typeof webhookHealthSchema>;

export const disabledReasonSchema = z.enum(['by_person', 'gone', 'failing']);
export type DisabledReason = z.infer<typeof disabledReasonSchema>;

/** Of all time; test sends do not count. */
export const webhookStatsSchema = z
  .object({
    /** With any outcome, canceled and skipped ones too. */
    total: z.number().int(),
    succeeded: z.number().int(),
    failed: z.number().int(),
    pending: z.number().int(),
    /** Requests made for them; of a batch one for each delivery in it. */
    attempts: z.number().int(),
    ...successRates,
  })
  .meta({ id: 'WebhookCounters' });
export type WebhookStats = z.infer<typeof webhookStatsSchema>;

export const webhookSchema = z
  .object({
    webhookId: z.string(),
    appKey: z.string(),
    name: z.string(),
    description: z.string(),
    /** The id that the caller's own system has for it; null: none. */
    externalId: z.string().nullable(),
    /** With `****` instead of what may be a token, for support and for API tokens without `webhooks:write`. */
    url: z.string(),
    enabled: z.boolean(),
    events: z.array(z.string()),
    hasSecret: z.boolean(),
    /** Of the webhook's own secret; the AppSecret's is shown with the app. */
    secretRotation: secretRotationSchema,
    /** It has a client certificate for receivers that require one; neither it nor its key is returned. */
    hasClientCertificate: z.boolean(),
    clientCertificateSubject: z.string().nullable(),
    clientCertificateExpiresAt: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    timeoutMs: z.number().int(),
    retryPolicy: retryPolicySchema,
    ordering: orderingSchema,
    batch: batchSettingsSchema.nullable(),
    format: callbackFormatSchema,
    signature: signatureSchemeSchema,
    /** How the headers of the signature `body-hmac` begin. */
    signaturePrefix: z.string(),
    /** Requests a second; 0: no limit. */
    rateLimitPerSecond: z.number().int(),
    /** What it decides about before it happens; null: nothing. */
    before: beforeSettingsSchema.nullable(),
    health: webhookHealthSchema,
    /** Failed attempts since the last success. */
    consecutiveFailures: z.number().int(),
    disabledReason: disabledReasonSchema.nullable(),
    /** Since when a person has paused it; null: no person did. `health: "paused"` is different: the breaker is open. */
    pausedAt: z.string().nullable(),
    /** The person's email, or `token:` and the API token's name; null: it is not paused by a person. */
    pausedBy: z.string().nullable(),
    lastDeliveryAt: z.string().nullable(),
    lastSuccessAt: z.string().nullable(),
    /** Of its settings, counted from 1: the ETag of answers, and what `If-Match` names. */
    revision: z.number().int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    createdBy: z.string(),
    stats: webhookStatsSchema,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.infer<typeof webhookSchema>;

export const webhookSortSchema = z.enum(['createdAt', 'updatedAt', 'name', 'url']);
export type WebhookSort = z.infer<typeof webhookSortSchema>;

export const sortOrderSchema = z.enum(['asc', 'desc']);
export type SortOrder = z.infer<typeof sortOrderSchema>;

export const listWebhooksQuerySchema = pageQuerySchema.extend({
  /** It names where the page before ended, which may be a long URL. */
  cursor: plainText(0, 4000).optional(),
  enabled: z.enum(['true', 'false']).optional(),
  /** Webhooks that get this event when they are enabled: by its name, by a family of it, or because they get all. */
  event: eventNameSchema.optional(),
  /** Part of the name or the URL, in any case; of a URL only what is not masked for the caller. */
  q: nameText(200).optional(),
  sort: webhookSortSchema.default('createdAt'),
  /** Absent: the newest first, names and URLs from A to Z. */
  order: sortOrderSchema.optional(),
});
export type ListWebhooksQuery = z.input<typeof listWebhooksQuerySchema>;

export const webhookPageSchema = z.object({
  data: z.array(webhookSchema),
  page: z.object({
    nextCursor: z.string().nullable(),
    /** Webhooks that fit the filters, on all pages together. */
    total: z.number().int(),
  }),
});
export type WebhookPage = Page<Webhook> & { page: { total: number } };

export const revealedWebhookSecretSchema = z.object({
  /** As it was set: its UTF-8 bytes are the key of `X-App-Signature`. null: the AppSecret signs. */
  secret: z.string().nullable(),
  /**
   * The signing secret in the form of Standard Webhooks verifiers, `whsec_…`: the webhook's own, or the AppSecret if it
   * has none. null unless the webhook signs that way.
   */
  standardWebhooksSecret: z.string().nullable(),
});
export type RevealedWebhookSecret = z.infer<typeof revealedWebhookSecretSchema>;

export const revealedWebhookUrlSchema = z.object({ url: z.string() });
export type RevealedWebhookUrl = z.infer<typeof revealedWebhookUrlSchema>;

export const stageWebhookSecretRequestSchema = z.strictObject({
  /** Absent or empty: the server makes one. */
  secret: webhookSecretSchema.nullish(),
});
export type StageWebhookSecretRequest = z.infer<typeof stageWebhookSecretRequestSchema>;

export const stagedWebhookSecretSchema = stagedSecretSchema.extend({
  /** The next secret in the form of Standard Webhooks verifiers, `whsec_…`; null unless the webhook signs that way. */
  standardWebhooksSecret: z.string().nullable(),
});
export type StagedWebhookSecret = z.infer<typeof stagedWebhookSecretSchema>;

export const testWebhookRequestSchema = z.strictObject({
  /** Default `test.ping`. */
  event: plainText(1, 100).optional(),
  /** Passed on as it was written, digit by digit. Default: the event's example from the catalogue. */
  data: jsonObject().optional(),
});
export type TestWebhookRequest = z.infer<typeof testWebhookRequestSchema>;

export const testWebhookResultSchema = z.object({
  deliveryId: z.string(),
  status: deliveryStatusSchema,
  responseStatus: z.number().int().nullable(),
  durationMs: z.number(),
  responseBody: z.string().nullable(),
  errorClass: errorClassSchema.nullable(),
  errorMessage: z.string().nullable(),
  /** Why it failed and what helps; null of a success. */
  diagnosis: diagnosisSchema.nullable(),
});
export type TestWebhookResult = z.infer<typeof testWebhookResultSchema>;
