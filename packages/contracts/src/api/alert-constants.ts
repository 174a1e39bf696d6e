/** Lists what alerts and their notifications can be, without zod: the console shows them. */

/** The rules of an alert; alert-rules.ts has their settings. */
export const ALERT_RULES = [
  'consecutive_failures',
  'delivery_exhausted',
  'webhook_disabled',
  'cannot_sign',
  'success_rate',
  'slow',
  'backlog',
  'before_failing',
  'source_silent',
  'source_rejecting',
] as const;

export const ALERT_SEVERITIES = ['warning', 'critical'] as const;

/** Who resolves an alert whose condition has ended. */
export const AUTOMATIC_RESOLVER = 'system';

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const CHANNEL_KINDS = ['email', 'webhook', 'dingtalk', 'feishu', 'wecom', 'slack'] as const;

/** `starttls` requires the upgrade, `tls` is TLS from the first byte, `none` sends unencrypted. */
export const SMTP_SECURITIES = ['starttls', 'tls', 'none'] as const;
