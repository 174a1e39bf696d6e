/**
 * Defines webhooks as `/api/webhooks` takes and answers them: the names, units and defaults of an API that many webhook
 * clients are written for.
 */
import { z } from 'zod';
import { eventPatternSchema } from '../events/name-schemas.js';
import { boundedList, jsonObject } from './bounded.js';
import { nameText, plainText, wholeNumberParameter } from './common.js';
import { customHeadersSchema } from './custom-headers.js';
import { signaturePrefixSchema } from './delivery-settings.js';
import { MAX_ATTEMPTS_LIMIT } from './retry-presets.js';
import { sortOrderSchema, webhookSecretSchema, webhookUrlSchema } from './webhooks.js';

/** What a webhook gets there unless it says otherwise. */
export const FAMILIAR_DEFAULTS = {
  /** Seconds. */
  timeout: 30,
  signaturePrefix: 'X-Trae',
  maxAttempts: 3,
  strategy: 'exponential',
  initialDelayMs: 1_000,
  maxDelayMs: 60_000,
} as const;

/** In place of a secret that is not shown; sent back, it leaves the secret as it is. */
export const SECRET_MASK = '********';

/** Rows that may be skipped by `offset`. */
export const MAX_OFFSET = 10_000;
const MAX_LIMIT = 100;
const DEFAULT_LIMIT = 20;

const delaySchema = z
  .number()
  .int()
  .min(50, 'must be at least 50 milliseconds')
  .max(604_800_000, 'must be at most 604800000 milliseconds (7 days)');

export const familiarRetryPolicyInputSchema = z.strictObject({
  /** Default: 3. */
  max_attempts: z.number().int().min(1).max(MAX_ATTEMPTS_LIMIT).optional(),
  /** linear: initial × n; exponential: initial × 2^(n-1); fixed: initial. Default: exponential. */
  backoff_strategy: z.enum(['linear', 'exponential', 'fixed']).optional(),
  /** Milliseconds. Default: 1 s. */
  initial_delay: delaySchema.optional(),
  /** Milliseconds; caps every delay. Default: 60 s. */
  max_delay: delaySchema.optional(),
  /** Of the answers only these statuses are retried. Default: 500 to 599. */
  retry_on_status: boundedList(z.number().int().min(300).max(599), 100).optional(),
  /** Default: true. */
  retry_on_timeout: z.boolean().optional(),
});
export type FamiliarRetryPolicyInput = z.output<typeof familiarRetryPolicyInputSchema>;

const settings = {
  url: webhookUrlSchema,
  /** Event names or families such as `build.*`; empty: every event. */
  events: boundedList(eventPatternSchema, 200),
  name: nameText(100),
  description: plainText(0, 1000),
  active: z.boolean(),
  headers: customHeadersSchema,
  /** Seconds that a receiver may take to answer. */
  timeout: z.number().min(1, 'must be at least 1 second').max(60, 'must be at most 60 seconds'),
  retry_policy: familiarRetryPolicyInputSchema,
  /** How the headers of the signature begin. */
  signature_prefix: signaturePrefixSchema,
};

export const familiarCreateWebhookSchema = z.strictObject({
  url: settings.url,
  events: settings.events,
  name: settings.name,
  description: settings.description.nullish(),
  /** Absent: the AppSecret signs. */
  secret: webhookSecretSchema.nullish(),
  active: settings.active.default(true),
  /** An AppKey or the external id of an app. Absent: the token's app, or the tenant's oldest one. */
  project_id: plainText(1, 100).nullish(),
  headers: settings.headers.default({}),
  timeout: settings.timeout.default(FAMILIAR_DEFAULTS.timeout),
  retry_policy: settings.retry_policy.default({}),
  signature_prefix: settings.signature_prefix.default(FAMILIAR_DEFAULTS.signaturePrefix),
});
export type FamiliarCreateWebhook = z.output<typeof familiarCreateWebhookSchema>;

/** Absent fields stay; the parts of a retry policy that are absent get their defaults. */
export const familiarUpdateWebhookSchema = z
  .strictObject({
    ...settings,
    /** Empty or the mask `********`: unchanged; null: removed. */
    secret: webhookSecretSchema.nullable(),
  })
  .partial();
export type FamiliarUpdateWebhook = z.output<typeof familiarUpdateWebhookSchema>;

export const familiarPageFields = {
  limit: wholeNumberParameter(1, MAX_LIMIT).default(DEFAULT_LIMIT),
  offset: wholeNumberParameter(0, MAX_OFFSET).default(0),
};

export const familiarListWebhooksQuerySchema = z.strictObject({
  /** An AppKey or the external id of an app. Absent: the token's app, or the tenant's oldest one. */
  project_id: plainText(1, 100).optional(),
  active: z.enum(['true', 'false']).optional(),
  ...familiarPageFields,
  sort: z.enum(['created_at', 'updated_at', 'name', 'url']).default('created_at'),
  /** Absent: the newest first, names and URLs from A to Z. */
  order: sortOrderSchema.optional(),
});
export type FamiliarListWebhooksQuery = z.output<typeof familiarListWebhooksQuerySchema>;

export const familiarPaginationSchema = z.object({
  limit: z.number().int(),
  offset: z.number().int(),
  has_more: z.boolean(),
});

const retryPolicySchema = z
  .object({
    max_attempts: z.number().int(),
    /** `schedule`: it was set elsewhere, with a delay for each attempt. */
    backoff_strategy: z.enum(['linear', 'exponential', 'fixed', 'schedule']),
    initial_delay: z.number().int(),
    max_delay: z.number().int(),
    /** Absent: 500 to 599. */
    retry_on_status: z.array(z.number().int()).optional(),
    retry_on_timeout: z.boolean().optional(),
  })
  .meta({ id: 'FamiliarRetryPolicy' });
export type FamiliarRetryPolicy = z.infer<typeof retryPolicySchema>;

/** Of all time; test sends do not count. */
const stats = {
  total_deliveries: z.number().int(),
  successful_deliveries: z.number().int(),
  failed_deliveries: z.number().int(),
  last_delivery: z.string().nullable(),
};
/** Per cent of the deliveries that have ended; 100 of none while nothing waits and fails, else null of none. */
export const familiarSuccessRateSchema = z.number().min(0).max(100).nullable();
/** Milliseconds; null: there was none. */
export const familiarTimeSchema = z.number().nullable();

const shown = {
  webhook_id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  name: z.string(),
  description: z.string(),
  active: z.boolean(),
  project_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  created_by: z.string(),
};
const details = {
  headers: z.record(z.string(), z.string()),
  /** Seconds. */
  timeout: z.number(),
  retry_policy: retryPolicySchema,
  signature_prefix: z.string(),
};

export const familiarCreatedWebhookSchema = z
  .object({
    ...shown,
    ...details,
    /** As it was given; null: the AppSecret signs. */
    secret: z.string().nullable(),
    stats: z.object(stats),
  })
  .meta({ id: 'FamiliarCreatedWebhook' });
export type FamiliarCreatedWebhook = z.infer<typeof familiarCreatedWebhookSchema>;

export const familiarListedWebhookSchema = z
  .object({ ...shown, stats: z.object({ ...stats, success_rate: familiarSuccessRateSchema }) })
  .meta({ id: 'FamiliarListedWebhook' });
export type FamiliarListedWebhook = z.infer<typeof familiarListedWebhookSchema>;

export const familiarWebhookPageSchema = z.object({
  webhooks: z.array(familiarListedWebhookSchema),
  total: z.number().int(),
  pagination: familiarPaginationSchema,
});
export type FamiliarWebhookPage = z.infer<typeof familiarWebhookPageSchema>;

export const familiarDeliveryStatusSchema = z.enum(['success', 'failed', 'pending', 'canceled', 'skipped']);

const recentDelivery = {
  delivery_id: z.string(),
  event_type: z.string(),
  status: familiarDeliveryStatusSchema,
  response_code: z.number().int().nullable(),
  response_time: familiarTimeSchema,
  /** When it ended; null while it waits. */
  delivered_at: z.string().nullable(),
  attempts: z.number().int(),
  /** Of a failure: such as `HTTP 500: Internal Server Error`. */
  error: z.string().optional(),
};
export const familiarRecentDeliverySchema = z.object(recentDelivery).meta({ id: 'FamiliarRecentDelivery' });
export type FamiliarRecentDelivery = z.infer<typeof familiarRecentDeliverySchema>;

export const familiarWebhookSchema = z
  .object({
    ...shown,
    ...details,
    /** `********`; null: the AppSecret signs. */
    secret: z.string().nullable(),
    stats: z.object({
      ...stats,
      success_rate: familiarSuccessRateSchema,
      /** Of the last 30 days. */
      average_response_time: familiarTimeSchema,
    }),
    /** The newest five; none for API tokens without `deliveries:read`. */
    recent_deliveries: z.array(familiarRecentDeliverySchema),
  })
  .meta({ id: 'FamiliarWebhook' });
export type FamiliarWebhook = z.infer<typeof familiarWebhookSchema>;

export const familiarUpdatedWebhookSchema = z
  .object({
    webhook_id: shown.webhook_id,
    url: shown.url,
    events: shown.events,
    name: shown.name,
    description: shown.description,
    active: shown.active,
    timeout: details.timeout,
    retry_policy: details.retry_policy,
    updated_at: shown.updated_at,
  })
  .meta({ id: 'FamiliarUpdatedWebhook' });
export type FamiliarUpdatedWebhook = z.infer<typeof familiarUpdatedWebhookSchema>;

export const familiarDeletedWebhookSchema = z
  .object({ message: z.string(), webhook_id: z.string(), deleted_at: z.string() })
  .meta({ id: 'FamiliarDeletedWebhook' });
export type FamiliarDeletedWebhook = z.infer<typeof familiarDeletedWebhookSchema>;

export const familiarTestWebhookSchema = z.strictObject({
  /** Default: `test.ping`. */
  event_type: plainText(1, 100).optional(),
  /** Default: the example of the event type. */
  payload: jsonObject().optional(),
});

export const familiarTestResultSchema = z
  .object({
    ...recentDelivery,
    response_body: z.string().nullable(),
    webhook_url: z.string(),
  })
  .meta({ id: 'FamiliarTestResult' });
export type FamiliarTestResult = z.infer<typeof familiarTestResultSchema>;
