/** Describes alert rules, quiet hours and what a change of them would do. */
import { TIME, type FieldTexts } from './field-text.js';

export const ALERT_RULE_TEXTS = {
  rules: ['The alert rules with their settings.', '告警规则及其设置。'],
  'AlertRulesPreview.rules': ['One entry for each rule that is on.', '每条启用的规则一项。'],
  'AlertRulesPreview.rules.rule': ['The alert rule.', '告警规则。'],
  'AlertRules.enabled': ['Whether the rule opens alerts.', '规则是否启用。'],
  consecutive_failures: ['Opens when attempts of a webhook fail in a row.', '回调连续失败时告警。'],
  delivery_exhausted: [
    'Opens when a delivery used up its attempts; always critical.',
    '投递用尽重试时告警，始终为严重。',
  ],
  webhook_disabled: [
    'Opens when the service disables a webhook; always critical.',
    '服务停用回调时告警，始终为严重。',
  ],
  cannot_sign: [
    'Opens when the stored secret, URL or headers of a webhook cannot be opened; always critical.',
    '无法解密回调的密钥、URL 或请求头时告警，始终为严重。',
  ],
  'rules.success_rate': [
    'Opens when a smaller share of the attempts in the window succeeds.',
    '时间窗口内尝试的成功率低于阈值时告警。',
  ],
  'AlertRules.success_rate': [
    'Opens when a smaller share of the attempts in the window succeeds.',
    '时间窗口内尝试的成功率低于阈值时告警。',
  ],
  slow: [
    'Opens when the 95th percentile of the durations in the window is longer.',
    '时间窗口内耗时的第 95 百分位超过阈值时告警。',
  ],
  backlog: ['Opens when a due delivery has waited for longer.', '到期的投递等待超过阈值时告警。'],
  before_failing: [
    'Opens when the policy decides a larger share of the before-callbacks in the window.',
    '时间窗口内由策略决定的前置回调比例超过阈值时告警。',
  ],
  source_silent: ['Opens when a source has sent nothing for longer.', '来源超过阈值时间没有发送请求时告警。'],
  source_rejecting: [
    'Opens when more requests of a source in the window are not accepted.',
    '时间窗口内来源未被接收的请求数超过阈值时告警。',
  ],
  warning: ['The number from which an alert opens as a warning.', '产生警告的数量阈值。', 5],
  critical: [
    'The number from which the alert becomes critical. null: it never does.',
    '升级为严重的数量阈值。null 表示不升级。',
    10,
  ],
  warningPercent: [
    'The share, per cent, at which an alert opens as a warning.',
    '产生警告的百分比阈值。',
    95,
  ],
  criticalPercent: [
    'The share, per cent, at which the alert becomes critical. null: it never does.',
    '升级为严重的百分比阈值。null 表示不升级。',
    80,
  ],
  'before_failing.warningPercent': [
    'The share that the policy decides, per cent, at which an alert opens as a warning.',
    '策略决定的比例达到多少百分比时产生警告。',
    25,
  ],
  'before_failing.criticalPercent': [
    'The share that the policy decides, per cent, at which the alert becomes critical. null: it never does.',
    '策略决定的比例达到多少百分比时升级为严重。null 表示不升级。',
    50,
  ],
  warningMs: [
    'The time from which an alert opens as a warning, in milliseconds.',
    '产生警告的耗时阈值，单位毫秒。',
    5_000,
  ],
  criticalMs: [
    'The time from which the alert becomes critical, in milliseconds. null: it never does.',
    '升级为严重的耗时阈值，单位毫秒。null 表示不升级。',
    10_000,
  ],
  warningMinutes: [
    'The time from which an alert opens as a warning, in minutes.',
    '产生警告的时长阈值，单位分钟。',
    10,
  ],
  criticalMinutes: [
    'The time from which the alert becomes critical, in minutes. null: it never does.',
    '升级为严重的时长阈值，单位分钟。null 表示不升级。',
    60,
  ],
  minAttempts: [
    'The rule looks only at windows with at least this number of attempts.',
    '时间窗口内的尝试达到此数才会判断。',
    20,
  ],
  minQuestions: [
    'The rule looks only at windows with at least this number of before-callbacks.',
    '时间窗口内的前置回调达到此数才会判断。',
    20,
  ],
  renotifyAfterMinutes: [
    'The time until the first reminder of an unacknowledged alert, in minutes. 0: never.',
    '无人确认的告警首次再次提醒的间隔，单位分钟。0 表示不提醒。',
    60,
  ],
  quietHours: ['When people are not notified. null: never.', '免打扰时段。null 表示没有。'],
  'QuietHours.from': ['The local time at which quiet hours begin.', '免打扰开始的当地时间。', '22:00'],
  'QuietHours.to': [
    'The local time at which quiet hours end; at or before `from`, on the next day.',
    '免打扰结束的当地时间，不晚于 `from` 时指次日。',
    '08:00',
  ],
  days: ['The days on which quiet hours begin.', '免打扰开始的星期。'],
  allowCritical: ['Whether critical alerts are notified all the same.', '严重告警是否仍然通知。'],
  'AlertSettings.updatedAt': [
    'When the rules were last changed, ISO 8601 in UTC. null: never, they are the defaults.',
    '规则最后修改的时间，ISO 8601 UTC。null 表示从未修改，为默认值。',
    TIME,
  ],
  fired: [
    'The alerts that the rule would have opened. null: it cannot be told.',
    '该规则会产生的告警数。null 表示无法计算。',
    3,
  ],
  isEstimate: [
    'Whether the number is an estimate from quarters of an hour.',
    '是否为按 15 分钟数据估算的值。',
  ],
  unknownBecause: ['Why it cannot be told. null: it can.', '无法计算的原因。null 表示可以计算。'],
} satisfies FieldTexts;
