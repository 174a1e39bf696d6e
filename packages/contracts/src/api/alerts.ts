import { z } from 'zod';
import { pageQuerySchema, uuidSchema } from './common.js';
import { disabledReasonSchema } from './webhooks.js';

export const alertRuleSchema = z.enum(['consecutive_failures', 'delivery_exhausted', 'webhook_disabled']);
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const alertSeveritySchema = z.enum(['warning', 'critical']);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

export const alertStatusSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type AlertStatus = z.infer<typeof alertStatusSchema>;

/** Failed attempts in a row at which `consecutive_failures` opens and escalates. */
export const CONSECUTIVE_FAILURE_THRESHOLDS = { warning: 5, critical: 10 } as const;

/** Who resolves an alert whose condition has ended. */
export const AUTOMATIC_RESOLVER = 'system';

export const listAlertsQuerySchema = pageQuerySchema.extend({
  status: alertStatusSchema.optional(),
  severity: alertSeveritySchema.optional(),
  rule: alertRuleSchema.optional(),
  webhookId: uuidSchema.optional(),
});
export type ListAlertsQuery = z.output<typeof listAlertsQuerySchema>;

export const alertDetailSchema = z.object({
  webhookUrl: z.string(),
  webhookName: z.string(),
  consecutiveFailures: z.number().int().optional(),
  /** Deliveries that were given up since the last success. */
  exhaustedDeliveries: z.number().int().optional(),
  /** Why the service disabled the webhook. */
  disabledReason: disabledReasonSchema.exclude(['by_person']).optional(),
  /** The newest delivery behind the alert. */
  lastDeliveryId: z.string().optional(),
  lastErrorClass: z.string().optional(),
  lastResponseStatus: z.number().int().optional(),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

export const alertSchema = z
  .object({
    alertId: z.string(),
    appKey: z.string(),
    rule: alertRuleSchema,
    severity: alertSeveritySchema,
    status: alertStatusSchema,
    webhookId: z.string().nullable(),
    detail: alertDetailSchema,
    openedAt: z.string(),
    escalatedAt: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    acknowledgedBy: z.string().nullable(),
    resolvedAt: z.string().nullable(),
    /** A person's email, or `system`. */
    resolvedBy: z.string().nullable(),
  })
  .meta({ id: 'Alert' });
export type Alert = z.infer<typeof alertSchema>;
