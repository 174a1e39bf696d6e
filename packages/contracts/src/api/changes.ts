/** Defines what changed in an app, for people who look for the reason of a bend in a chart. */
import { z } from 'zod';
import { alertRuleSchema, alertSeveritySchema } from './alerts.js';
import { instantSchema } from './common.js';

/** The limit of each kind in one answer. */
export const MAX_CHANGES = 200;

export const changesQuerySchema = z.strictObject({
  /** Inclusive. Absent: a day before the end. */
  from: instantSchema.optional(),
  /** Exclusive. Absent: now. */
  to: instantSchema.optional(),
});
export type ChangesQuery = z.output<typeof changesQuerySchema>;

/** `webhook`: its settings; `rotation`: another secret or token is in use from then on. */
export const changeKindSchema = z.enum(['webhook', 'rotation', 'alert']);
export type ChangeKind = z.infer<typeof changeKindSchema>;

export const changeActionSchema = z.enum([
  'created',
  'updated',
  'deleted',
  'activated',
  'opened',
  'resolved',
]);
export type ChangeAction = z.infer<typeof changeActionSchema>;

export const appChangeSchema = z
  .object({
    kind: changeKindSchema,
    action: changeActionSchema,
    at: z.string(),
    /** The person's email, `token:` and the API token's name, or `system`. */
    by: z.string(),
    /** null: the change is about a source, or about the app itself. */
    webhookId: z.string().nullable(),
    sourceId: z.string().nullable(),
    /** Of the webhook or source at that time; empty if it had none, or if it is not known. */
    name: z.string(),
    /** The settings that changed, as revisions name them; empty unless a webhook was updated. */
    fields: z.array(z.string()),
    /** Of an alert, as the next two. */
    alertId: z.string().nullable(),
    rule: alertRuleSchema.nullable(),
    severity: alertSeveritySchema.nullable(),
  })
  .meta({ id: 'AppChange' });
export type AppChange = z.infer<typeof appChangeSchema>;

export const appChangesSchema = z
  .object({
    /** Oldest first. */
    changes: z.array(appChangeSchema),
    /** There were more: the oldest ones are left out. */
    isTruncated: z.boolean(),
  })
  .meta({ id: 'AppChanges' });
export type AppChanges = z.infer<typeof appChangesSchema>;
