import { z } from 'zod';
import { ALERT_RULES, ALERT_SEVERITIES } from './alert-constants.js';
import { pageQuerySchema, uuidSchema } from './common.js';
import { sourceKindSchema } from './sources.js';
import { disabledReasonSchema } from './webhooks.js';

export const alertRuleSchema = z.enum(ALERT_RULES);
export type AlertRule = z.infer<typeof alertRuleSchema>;

export const alertSeveritySchema = z.enum(ALERT_SEVERITIES);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

export const alertStatusSchema = z.enum(['open', 'acknowledged', 'resolved']);
export type AlertStatus = z.infer<typeof alertStatusSchema>;

export const listAlertsQuerySchema = pageQuerySchema.extend({
  status: alertStatusSchema.optional(),
  severity: alertSeveritySchema.optional(),
  rule: alertRuleSchema.optional(),
  webhookId: uuidSchema.optional(),
  sourceId: uuidSchema.optional(),
});
export type ListAlertsQuery = z.output<typeof listAlertsQuerySchema>;

export const alertDetailSchema = z.object({
  /** Of an alert about a webhook. */
  webhookUrl: z.string().optional(),
  webhookName: z.string().optional(),
  /** Of an alert about a source. */
  sourceName: z.string().optional(),
  sourceKind: sourceKindSchema.optional(),
  consecutiveFailures: z.number().int().optional(),
  /** Deliveries that were exhausted since the last success. */
  exhaustedDeliveries: z.number().int().optional(),
  /** Why the service disabled the webhook. */
  disabledReason: disabledReasonSchema.exclude(['by_person']).optional(),
  /** Deliveries that wait for the webhook the service disabled; they go out once it is enabled again. */
  waitingDeliveries: z.number().int().optional(),
  /** The newest delivery behind the alert. */
  lastDeliveryId: z.string().optional(),
  lastErrorClass: z.string().optional(),
  lastResponseStatus: z.number().int().optional(),
  /** The length of the time window. */
  windowMinutes: z.number().int().optional(),
  /** Attempts that ended in it, and how many of them failed. */
  attempts: z.number().int().optional(),
  failures: z.number().int().optional(),
  /** With one decimal, rounded down: never better than it is. */
  successRatePercent: z.number().optional(),
  p95Ms: z.number().int().optional(),
  /** How long the delivery that has been due for longest has waited. */
  oldestWaitMinutes: z.number().int().optional(),
  oldestDeliveryId: z.string().optional(),
  /** Before-callbacks in the window, and how many of them the policy decided. */
  questions: z.number().int().optional(),
  byPolicy: z.number().int().optional(),
  /** With one decimal, rounded down. */
  byPolicyPercent: z.number().optional(),
  /** How long the source has sent nothing. */
  silentMinutes: z.number().int().optional(),
  /** Requests of the source in the window, and those among them that were not accepted, by what became of them. */
  requests: z.number().int().optional(),
  rejectedRequests: z.number().int().optional(),
  notUnderstoodRequests: z.number().int().optional(),
  failedRequests: z.number().int().optional(),
  /** The threshold that was passed: attempts, percent, milliseconds, minutes or requests, as in its rule. */
  threshold: z.number().optional(),
});
export type AlertDetail = z.infer<typeof alertDetailSchema>;

/** The filter of the delivery log that shows the deliveries of the alert. */
export const alertDeliveriesSchema = z.object({
  status: z.enum(['pending', 'failed']).optional(),
  kind: z.literal('before').optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type AlertDeliveries = z.infer<typeof alertDeliveriesSchema>;

export const alertSchema = z
  .object({
    alertId: z.string(),
    appKey: z.string(),
    rule: alertRuleSchema,
    severity: alertSeveritySchema,
    status: alertStatusSchema,
    /** null: the alert is about a source. */
    webhookId: z.string().nullable(),
    /** null: the alert is about a webhook. */
    sourceId: z.string().nullable(),
    detail: alertDetailSchema,
    deliveries: alertDeliveriesSchema,
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

/** What happened to an alert. `reminder`: people were notified again, since it was not acknowledged. */
export const alertStepSchema = z.object({
  kind: z.enum(['opened', 'escalated', 'reminder', 'acknowledged', 'resolved']),
  at: z.string(),
  /** A person's email or an API token's name; null: the service. */
  by: z.string().nullable(),
  /** Severity and figures at that moment, where they are known. */
  severity: alertSeveritySchema.nullable(),
  detail: alertDetailSchema.nullable(),
});
export type AlertStep = z.infer<typeof alertStepSchema>;

/** An alert with its history, oldest step first. */
export const alertWithStepsSchema = alertSchema
  .extend({ steps: z.array(alertStepSchema) })
  .meta({ id: 'AlertWithSteps' });
export type AlertWithSteps = z.infer<typeof alertWithStepsSchema>;
