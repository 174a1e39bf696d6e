import { z } from 'zod';
import { AUDIT_ACTIONS } from './access-constants.js';
import { alertRuleSchema } from './alerts.js';
import { exportFormatSchema, instantSchema, pageQuerySchema, plainText } from './common.js';

export const auditActionSchema = z.enum(AUDIT_ACTIONS);
export type AuditAction = z.infer<typeof auditActionSchema>;

const auditFilters = {
  action: auditActionSchema.optional(),
  /** `false`: without logins and failed logins. */
  logins: z.enum(['true', 'false']).optional(),
  /** A person's email, or `token:` and the name of an API token. */
  actor: plainText(1, 300).optional(),
  appKey: plainText(1, 100).optional(),
  /** The id of the resource. */
  targetId: plainText(1, 200).optional(),
  /** Inclusive. */
  from: instantSchema.optional(),
  /** Exclusive. */
  to: instantSchema.optional(),
};

export const listAuditLogQuerySchema = pageQuerySchema.extend(auditFilters);

export const exportAuditLogQuerySchema = z.strictObject({
  format: exportFormatSchema.default('csv'),
  ...auditFilters,
});
export type AuditFilters = Omit<z.output<typeof exportAuditLogQuerySchema>, 'format'>;

export const auditEntrySchema = z
  .object({
    auditId: z.string(),
    action: auditActionSchema,
    /** The person's email or the API token's name. */
    actor: z.string(),
    appKey: z.string().nullable(),
    /** The id of the resource. */
    targetId: z.string().nullable(),
    /** What changed, in words or field names; never a secret. */
    detail: z.record(z.string(), z.unknown()),
    ipAddress: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** What an entry is about, under its present names. null: it is about none, or it was deleted. */
export const auditSubjectSchema = z.object({
  /** The event type, of a delivery or an event. */
  event: z.string().nullable(),
  /** Of an alert. */
  rule: alertRuleSchema.nullable(),
  webhookId: z.string().nullable(),
  /** Its name, or its masked URL. */
  webhookName: z.string().nullable(),
  sourceId: z.string().nullable(),
  sourceName: z.string().nullable(),
});
export type AuditSubject = z.infer<typeof auditSubjectSchema>;

export const listedAuditEntrySchema = auditEntrySchema
  .extend({ subject: auditSubjectSchema })
  .meta({ id: 'ListedAuditEntry' });
export type ListedAuditEntry = z.infer<typeof listedAuditEntrySchema>;
