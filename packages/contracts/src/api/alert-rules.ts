/** Defines what opens an app's alerts: thresholds, time windows, reminders and quiet hours, all with defaults. */
import { z } from 'zod';
import { ALERT_RULES } from './alert-constants.js';
import { quietHoursInputSchema, quietHoursSchema } from './quiet-hours.js';

const enabled = z.boolean();
const failureCount = z.number().int().min(1).max(10_000);
const percent = z.number().min(1).max(100);
const slowMs = z.number().int().min(1).max(60_000);
const waitMinutes = z.number().int().min(1).max(10_080);
const windowMinutes = z.number().int().min(5).max(120);
const minAttempts = z.number().int().min(1).max(1_000_000);
const minQuestions = z.number().int().min(1).max(1_000_000);
const requestCount = z.number().int().min(1).max(1_000_000);

/** Every rule with its settings. Alerts open at the warning threshold and escalate at the critical one, if any. */
export const alertRulesSchema = z
  .object({
    /** Failed attempts in a row. */
    consecutive_failures: z.object({
      enabled,
      warning: failureCount,
      critical: failureCount.nullable(),
    }),
    /** A delivery was exhausted: always critical. */
    delivery_exhausted: z.object({ enabled }),
    /** The service disabled a webhook: always critical. */
    webhook_disabled: z.object({ enabled }),
    /** A webhook's secrets, URL or headers cannot be opened, so nothing is sent to it: always critical. */
    cannot_sign: z.object({ enabled }),
    /** Less than this percentage of the attempts within the window succeeded. */
    success_rate: z.object({
      enabled,
      warningPercent: percent,
      criticalPercent: percent.nullable(),
      windowMinutes,
      minAttempts,
    }),
    /** The 95th percentile of the durations of all attempts within the window is longer. */
    slow: z.object({
      enabled,
      warningMs: slowMs,
      criticalMs: slowMs.nullable(),
      windowMinutes,
      minAttempts,
    }),
    /** A due delivery has waited for longer; one that waits for its retry is not due. */
    backlog: z.object({
      enabled,
      warningMinutes: waitMinutes,
      criticalMinutes: waitMinutes.nullable(),
    }),
    /** This percentage of the before-callbacks within the window, or more, was decided by the policy. */
    before_failing: z.object({
      enabled,
      warningPercent: percent,
      criticalPercent: percent.nullable(),
      windowMinutes,
      minQuestions,
    }),
    /** A source that has sent something before has sent nothing for longer; a paused one may be silent. */
    source_silent: z.object({
      enabled,
      warningMinutes: waitMinutes,
      criticalMinutes: waitMinutes.nullable(),
    }),
    /** This many requests of a source within the window, or more, were rejected, not understood or not stored. */
    source_rejecting: z.object({
      enabled,
      warning: requestCount,
      critical: requestCount.nullable(),
      windowMinutes,
    }),
  })
  .meta({ id: 'AlertRules' });
export type AlertRules = z.infer<typeof alertRulesSchema>;
export type AlertRuleName = keyof AlertRules;

export const DEFAULT_ALERT_RULES: AlertRules = {
  consecutive_failures: { enabled: true, warning: 5, critical: 10 },
  delivery_exhausted: { enabled: true },
  webhook_disabled: { enabled: true },
  cannot_sign: { enabled: true },
  success_rate: {
    enabled: true,
    warningPercent: 95,
    criticalPercent: 80,
    windowMinutes: 60,
    minAttempts: 20,
  },
  slow: { enabled: true, warningMs: 5_000, criticalMs: 10_000, windowMinutes: 15, minAttempts: 20 },
  backlog: { enabled: true, warningMinutes: 10, criticalMinutes: 60 },
  before_failing: {
    enabled: true,
    warningPercent: 25,
    criticalPercent: 50,
    windowMinutes: 15,
    minQuestions: 20,
  },
  source_silent: { enabled: false, warningMinutes: 60, criticalMinutes: 240 },
  source_rejecting: { enabled: true, warning: 1, critical: 100, windowMinutes: 15 },
};

/** Until the first reminder of an unacknowledged alert; after that less and less often. */
export const DEFAULT_RENOTIFY_AFTER_MINUTES = 60;

/** 0: never. Otherwise between a minimum and once a day. */
const renotifyAfterMinutesSchema = z
  .number()
  .int()
  .min(0, { abort: true })
  .max(1_440)
  .refine((minutes) => minutes === 0 || minutes >= 5, 'must be 0 (never) or at least 5');

/** A change of a client; absent fields stay. */
export const changeAlertRulesRequestSchema = z.strictObject({
  rules: z
    .strictObject({
      consecutive_failures: inputOf(alertRulesSchema.shape.consecutive_failures),
      delivery_exhausted: inputOf(alertRulesSchema.shape.delivery_exhausted),
      webhook_disabled: inputOf(alertRulesSchema.shape.webhook_disabled),
      cannot_sign: inputOf(alertRulesSchema.shape.cannot_sign),
      success_rate: inputOf(alertRulesSchema.shape.success_rate),
      slow: inputOf(alertRulesSchema.shape.slow),
      backlog: inputOf(alertRulesSchema.shape.backlog),
      before_failing: inputOf(alertRulesSchema.shape.before_failing),
      source_silent: inputOf(alertRulesSchema.shape.source_silent),
      source_rejecting: inputOf(alertRulesSchema.shape.source_rejecting),
    })
    .partial()
    .optional(),
  renotifyAfterMinutes: renotifyAfterMinutesSchema.optional(),
  /** null: none. */
  quietHours: quietHoursInputSchema.nullable().optional(),
});
export type ChangeAlertRulesRequest = z.output<typeof changeAlertRulesRequestSchema>;
export type AlertRulesChange = NonNullable<ChangeAlertRulesRequest['rules']>;

function inputOf<Shape extends z.ZodRawShape>(settings: z.ZodObject<Shape>) {
  return z.strictObject(settings.shape).partial();
}

export const alertSettingsSchema = z
  .object({
    rules: alertRulesSchema,
    /** 0: never. */
    renotifyAfterMinutes: z.number().int(),
    quietHours: quietHoursSchema.nullable(),
    /** null: never, the settings are the defaults. */
    updatedAt: z.string().nullable(),
    updatedBy: z.string().nullable(),
  })
  .meta({ id: 'AlertSettings' });
export type AlertSettings = z.infer<typeof alertSettingsSchema>;

/** Rules as they would be: absent fields are as they are saved. */
export const previewAlertRulesRequestSchema = changeAlertRulesRequestSchema.pick({ rules: true });
export type PreviewAlertRulesRequest = z.output<typeof previewAlertRulesRequestSchema>;

export const rulePreviewSchema = z.object({
  rule: z.enum(ALERT_RULES),
  /** Alerts that the rule would have opened, of all webhooks together; null: it cannot be told. */
  fired: z.number().int().nullable(),
  /** Worked out of quarters of an hour: some may be missing, or counted in a quarter nearby. */
  isEstimate: z.boolean(),
  /** Why it cannot be told: the figures are not kept for so long, or there are too many to go through. */
  unknownBecause: z.enum(['not_recorded', 'too_many']).nullable(),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

export const alertRulesPreviewSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    /** One of each rule that is on. */
    rules: z.array(rulePreviewSchema),
  })
  .meta({ id: 'AlertRulesPreview' });
export type AlertRulesPreview = z.infer<typeof alertRulesPreviewSchema>;
