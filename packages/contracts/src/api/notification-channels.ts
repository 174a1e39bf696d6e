/** Defines notification channels: mail, a webhook, or a group of a chat platform. */
import { z } from 'zod';
import { CHANNEL_KINDS, SMTP_SECURITIES } from './alert-constants.js';
import { alertRuleSchema, alertSeveritySchema } from './alerts.js';
import { boundedList } from './bounded.js';
import { nameText, pageQuerySchema, plainText } from './common.js';
import { URL_MASK } from '../urls/mask-callback-url.js';
import { webhookSecretSchema, webhookUrlSchema } from './webhooks.js';

export const channelKindSchema = z.enum(CHANNEL_KINDS);
export type ChannelKind = z.infer<typeof channelKindSchema>;

/** Kinds that sign what they send. A `webhook` always does, the others only once they have a secret. */
export const SIGNING_KINDS: readonly ChannelKind[] = ['webhook', 'dingtalk', 'feishu'];

export const channelLanguageSchema = z.enum(['zh', 'en']);
export type ChannelLanguage = z.infer<typeof channelLanguageSchema>;

export const smtpSecuritySchema = z.enum(SMTP_SECURITIES);
export type SmtpSecurity = z.infer<typeof smtpSecuritySchema>;

/** Channels a tenant may have. */
export const MAX_CHANNELS = 100;
/** The cooldown of a channel's test: chat platforms accept about 20 messages a minute, and block senders of more. */
export const CHANNEL_TEST_INTERVAL_SECONDS = 3;

/** A host name or an address, without brackets and port. */
const SMTP_HOST = /^([0-9a-z]([0-9a-z.-]{0,251}[0-9a-z])?\.?|[0-9a-f:.]{2,45})$/i;

const emailAddressSchema = z.email().max(254);

const smtpFields = {
  host: plainText(1, 253).regex(SMTP_HOST, 'must be a host name or an IP address'),
  port: z.number().int().min(1).max(65_535),
  security: smtpSecuritySchema,
  /** Empty: the server asks for no login. */
  username: webhookSecretSchema,
  from: emailAddressSchema,
  to: boundedList(emailAddressSchema, 20).min(1),
};

const urlSchema = webhookUrlSchema.refine((url) => !url.includes(URL_MASK), {
  message: `is the masked form (${URL_MASK}): send the whole URL, or leave the field out`,
});

const commonFields = {
  name: nameText(100),
  enabled: z.boolean(),
  language: channelLanguageSchema,
  /** `critical` leaves warnings out. */
  minSeverity: alertSeveritySchema,
  /** Empty: the alerts of every app. */
  appKeys: boundedList(plainText(1, 100), 200),
  /** Empty: the alerts of every rule. */
  rules: boundedList(alertRuleSchema, alertRuleSchema.options.length),
};

const created = {
  name: commonFields.name,
  enabled: commonFields.enabled.default(true),
  language: commonFields.language.default('zh'),
  minSeverity: commonFields.minSeverity.default('warning'),
  appKeys: commonFields.appKeys.default([]),
  rules: commonFields.rules.default([]),
};

export const createChannelRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    ...created,
    email: z.strictObject({
      ...smtpFields,
      username: smtpFields.username.default(''),
      password: webhookSecretSchema.nullish(),
    }),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    ...created,
    url: urlSchema,
    /** Signs like a webhook's secret; see docs/notifications.md. */
    secret: webhookSecretSchema.min(1),
  }),
  z.strictObject({
    kind: z.literal('dingtalk'),
    ...created,
    url: urlSchema,
    secret: webhookSecretSchema.nullish(),
  }),
  z.strictObject({
    kind: z.literal('feishu'),
    ...created,
    url: urlSchema,
    secret: webhookSecretSchema.nullish(),
  }),
  z.strictObject({ kind: z.literal('wecom'), ...created, url: urlSchema }),
  z.strictObject({ kind: z.literal('slack'), ...created, url: urlSchema }),
]);
export type CreateChannelRequest = z.input<typeof createChannelRequestSchema>;

/** Absent fields stay. A secret or password that is absent or empty stays too; `null` removes it. */
export const updateChannelRequestSchema = z
  .strictObject({
    ...commonFields,
    url: urlSchema,
    secret: webhookSecretSchema.nullable(),
    email: z.strictObject({ ...smtpFields, password: webhookSecretSchema.nullable() }).partial(),
  })
  .partial();
export type UpdateChannelRequest = z.input<typeof updateChannelRequestSchema>;

export const notificationStatusSchema = z.enum(['pending', 'sent', 'failed', 'canceled']);
export type NotificationStatus = z.infer<typeof notificationStatusSchema>;

/** `summary`: what quiet hours deferred. */
export const notificationKindSchema = z.enum(['opened', 'escalated', 'resolved', 'reminder', 'summary']);
export type NotificationKind = z.infer<typeof notificationKindSchema>;

export const notificationChannelSchema = z
  .object({
    channelId: z.string(),
    kind: channelKindSchema,
    ...commonFields,
    name: z.string(),
    appKeys: z.array(z.string()),
    rules: z.array(alertRuleSchema),
    /** With its tokens masked; null for email. */
    url: z.string().nullable(),
    /** Whether a signing secret is set; for email, a password. */
    hasSecret: z.boolean(),
    /** null for every other kind. */
    email: z
      .object({
        host: z.string(),
        port: z.number().int(),
        security: smtpSecuritySchema,
        username: z.string(),
        from: z.string(),
        to: z.array(z.string()),
      })
      .nullable(),
    /** The outcome of the newest notification; null when there was none yet. */
    lastNotification: z
      .object({ status: notificationStatusSchema, at: z.string(), errorMessage: z.string().nullable() })
      .nullable(),
    createdAt: z.string(),
    updatedAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'NotificationChannel' });
export type NotificationChannel = z.infer<typeof notificationChannelSchema>;

export const channelTestResultSchema = z.object({
  status: z.enum(['sent', 'failed']),
  /** The HTTP status, or the SMTP reply code; null when no answer came. */
  responseStatus: z.number().int().nullable(),
  responseBody: z.string().nullable(),
  durationMs: z.number(),
  errorMessage: z.string().nullable(),
});
export type ChannelTestResult = z.infer<typeof channelTestResultSchema>;

export const listNotificationsQuerySchema = pageQuerySchema.extend({
  status: notificationStatusSchema.optional(),
});
export type ListNotificationsQuery = z.output<typeof listNotificationsQuerySchema>;

export const notificationSchema = z
  .object({
    notificationId: z.string(),
    channelId: z.string(),
    appKey: z.string(),
    kind: notificationKindSchema,
    severity: alertSeveritySchema,
    /** The alert that it is about; null for a summary of several. */
    alertId: z.string().nullable(),
    rule: alertRuleSchema.nullable(),
    webhookName: z.string().nullable(),
    sourceName: z.string().nullable(),
    /** How many alerts it is about. */
    alerts: z.number().int(),
    status: notificationStatusSchema,
    attempts: z.number().int(),
    maxAttempts: z.number().int(),
    createdAt: z.string(),
    lastAttemptAt: z.string().nullable(),
    nextAttemptAt: z.string().nullable(),
    completedAt: z.string().nullable(),
    durationMs: z.number().nullable(),
    responseStatus: z.number().int().nullable(),
    /** The beginning of the last answer. */
    responseBody: z.string().nullable(),
    errorMessage: z.string().nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notificationSchema>;
