/** Defines the revisions of a webhook's settings. */
import { z } from 'zod';
import { pageQuerySchema } from './common.js';
import { webhookSchema } from './webhooks.js';

/** `found`: the settings when revisions were introduced; earlier ones are not known. */
export const revisionKindSchema = z.enum(['created', 'updated', 'deleted', 'found']);
export type RevisionKind = z.infer<typeof revisionKindSchema>;

/** Settings as a revision keeps them: no secret, and header values that look like credentials masked. */
export const webhookSettingsSchema = webhookSchema
  .pick({
    name: true,
    description: true,
    externalId: true,
    url: true,
    enabled: true,
    disabledReason: true,
    events: true,
    headers: true,
    timeoutMs: true,
    retryPolicy: true,
    ordering: true,
    batch: true,
    format: true,
    signature: true,
    signaturePrefix: true,
    rateLimitPerSecond: true,
    before: true,
    hasSecret: true,
  })
  .extend({
    /** A person paused it: deliveries wait. */
    paused: z.boolean(),
    /** A next secret waits to be activated. */
    isSecretStaged: z.boolean(),
  })
  .meta({ id: 'WebhookSettings' });
export type WebhookSettingsSnapshot = z.infer<typeof webhookSettingsSchema>;

export const settingChangeSchema = z.object({
  /**
   * The setting's name; one custom header is `headers.<name>`. `secret` and `clientCertificate` are `none` or `set`,
   * `nextSecret` is `none`, `staged` or `activated`: a listed setting has changed, even if both values look the same.
   */
  field: z.string(),
  /** null: it was not there. */
  before: z.unknown(),
  /** null: it is gone. */
  after: z.unknown(),
});
export type SettingChange = z.infer<typeof settingChangeSchema>;

export const webhookRevisionSchema = z
  .object({
    webhookId: z.string(),
    /** 1, 2, 3, … */
    revision: z.number().int(),
    at: z.string(),
    /** The person's email, `token:` and the API token's name, or `system`. */
    by: z.string(),
    kind: revisionKindSchema,
    /** What differs from the revision before; empty unless the kind is `updated`. */
    changes: z.array(settingChangeSchema),
    /** All settings from then on. */
    settings: webhookSettingsSchema,
  })
  .meta({ id: 'WebhookRevision' });
export type WebhookRevision = z.infer<typeof webhookRevisionSchema>;

export const listRevisionsQuerySchema = pageQuerySchema;
