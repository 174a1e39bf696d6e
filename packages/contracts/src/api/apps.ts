import { z } from 'zod';
import { externalIdSchema, nameText, plainText } from './common.js';
import { secretRotationSchema, stagedSecretSchema } from './secrets.js';
import { successRates } from './success-rates.js';
import { webhookHealthSchema } from './webhooks.js';

/** Reverse-domain package name (bundle id) of the client app, such as `com.example.chat`. */
const packageNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/, 'letters, digits, - and _, parts separated by dots');

const daysSchema = z.number().int().min(1).max(3650).nullable();

/** Days that an app's events (payloads) and log are kept; null: the service's retention, also the maximum. */
export const appRetentionSchema = z.strictObject({ eventsDays: daysSchema, logsDays: daysSchema });

export const createAppRequestSchema = z.strictObject({
  name: nameText(100),
  packageName: packageNameSchema,
  description: plainText(0, 1000).optional(),
  retention: appRetentionSchema.partial().optional(),
  /** Unique among the tenant's apps; `ext:<externalId>` in paths, `project_id` in `/api/webhooks`. */
  externalId: externalIdSchema.nullable().optional(),
});
export type CreateAppRequest = z.infer<typeof createAppRequestSchema>;

export const updateAppRequestSchema = createAppRequestSchema.partial();
export type UpdateAppRequest = z.infer<typeof updateAppRequestSchema>;

export const appSchema = z
  .object({
    appKey: z.string(),
    name: z.string(),
    packageName: z.string(),
    description: z.string(),
    retention: appRetentionSchema,
    externalId: z.string().nullable(),
    /** Of the AppSecret. */
    secretRotation: secretRotationSchema,
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'App' });
export type App = z.infer<typeof appSchema>;

/** An app in the list, with its main figures. */
export const appSummarySchema = appSchema
  .extend({
    webhookCount: z.number().int(),
    openAlertCount: z.number().int(),
    /** Webhooks and sources with alerts that are not resolved. */
    incidentCount: z.number().int(),
    /** Of deliveries created in the last 24 hours. */
    last24Hours: z.object({
      total: z.number().int(),
      succeeded: z.number().int(),
      failed: z.number().int(),
      attempts: z.number().int(),
      ...successRates,
    }),
    /** The state of its webhooks, without those that a person disabled. */
    webhookHealth: z.object({
      /** The worst health of its webhooks; null: there is none. */
      worst: webhookHealthSchema.nullable(),
      /** Webhooks that are not healthy. */
      unwell: z.number().int(),
      /** Deliveries that wait, for any of the app's webhooks. */
      pending: z.number().int(),
    }),
  })
  .meta({ id: 'AppSummary' });
export type AppSummary = z.infer<typeof appSummarySchema>;

/** The answer to create: apart from an audited reveal the only place where the AppSecret is shown. */
export const createdAppSchema = appSchema.extend({ appSecret: z.string() }).meta({ id: 'CreatedApp' });
export type CreatedApp = z.infer<typeof createdAppSchema>;

export const revealedAppSecretSchema = z.object({
  /** Its UTF-8 bytes are the key of `X-App-Signature`. */
  appSecret: z.string(),
  /** The same in the form of Standard Webhooks, `whsec_…`: for webhooks that sign so without their own secret. */
  standardWebhooksSecret: z.string(),
});
export type RevealedAppSecret = z.infer<typeof revealedAppSecretSchema>;

export const stagedAppSecretSchema = stagedSecretSchema.extend({
  /** The next AppSecret in the form of Standard Webhooks verifiers, `whsec_…`. */
  standardWebhooksSecret: z.string(),
});
export type StagedAppSecret = z.infer<typeof stagedAppSecretSchema>;
