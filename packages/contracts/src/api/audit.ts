import { z } from 'zod';
import { exportFormatSchema, instantSchema, pageQuerySchema, plainText } from './common.js';

export const auditActionSchema = z.enum([
  'auth.login',
  'auth.login_failed',
  'auth.password_changed',
  'auth.sessions_revoked',
  'auth.second_factor_enabled',
  'auth.second_factor_removed',
  'member.created',
  'member.updated',
  'member.deleted',
  'member.password_reset',
  'member.sessions_revoked',
  'member.second_factor_reset',
  'tenant.created',
  'tenant.updated',
  'api_token.created',
  'api_token.updated',
  'api_token.revoked',
  'app.created',
  'app.updated',
  'app.deleted',
  'app.secret_revealed',
  'app.secret_staged',
  'app.secret_activated',
  'webhook.created',
  'webhook.updated',
  'webhook.deleted',
  'webhook.paused',
  'webhook.resumed',
  'webhook.sent_now',
  'webhook.url_revealed',
  'webhook.secret_revealed',
  'webhook.secret_staged',
  'webhook.secret_activated',
  'webhook.tested',
  'webhook.checked_up',
  'event_type.created',
  'event_type.updated',
  'event_type.deleted',
  'delivery.redelivered',
  'delivery.sent_now',
  'delivery.canceled',
  'delivery.revealed',
  'event.revealed',
  'recovery.started',
  'recovery.paused',
  'recovery.resumed',
  'recovery.canceled',
  'deliveries.exported',
  'events.exported',
  'audit_log.exported',
  'alert.acknowledged',
  'alert.resolved',
  'notification_channel.created',
  'notification_channel.updated',
  'notification_channel.deleted',
  'notification_channel.tested',
  'alert_rules.updated',
]);
export type AuditAction = z.infer<typeof auditActionSchema>;

const auditFilters = {
  action: auditActionSchema.optional(),
  /** A person's email, or `token:` and the name of an API token. */
  actor: plainText(1, 300).optional(),
  appKey: plainText(1, 100).optional(),
  /** The id of the thing acted on. */
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
    /** The id of the thing acted on. */
    targetId: z.string().nullable(),
    /** What changed, in words or field names; never a secret. */
    detail: z.record(z.string(), z.unknown()),
    ipAddress: z.string().nullable(),
    at: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
