/** Describes alerts and what happened to them. */
import { CALLBACK_URL, EMAIL, ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const ALERT_TEXTS = {
  'Alert.rule': ['The rule that opened the alert.', '触发告警的规则。'],
  'Alert.severity': ['How serious the alert is.', '告警的严重程度。'],
  'Alert.status': [
    'Whether the alert is open, acknowledged or resolved.',
    '告警的状态：未处理、已确认或已解除。',
  ],
  'Alert.webhookId': [
    'The webhook that the alert is about. null: it is about a source.',
    '告警所针对的回调。null 表示针对来源。',
    ID,
  ],
  'Alert.sourceId': [
    'The IM source that the alert is about. null: it is about a webhook.',
    '告警所针对的 IM 来源。null 表示针对回调。',
    ID,
  ],
  'Alert.detail': ['The figures behind the alert.', '告警的依据数据。'],
  'Alert.deliveries': [
    'The filter of the delivery log that shows the deliveries of the alert.',
    '在投递日志中查看相关投递的筛选条件。',
  ],
  'Alert.deliveries.status': ['The status of the deliveries.', '投递的状态。'],
  'Alert.deliveries.kind': ['The kind of the deliveries.', '投递的类型。'],
  'Alert.deliveries.from': [
    'Since when they were created, ISO 8601 in UTC.',
    '投递创建的起始时间，ISO 8601 UTC。',
    TIME,
  ],
  'Alert.deliveries.to': [
    'Before when they were created, ISO 8601 in UTC.',
    '投递创建的截止时间，ISO 8601 UTC。',
    LATER,
  ],
  openedAt: ['When the alert opened, ISO 8601 in UTC.', '告警产生的时间，ISO 8601 UTC。', TIME],
  escalatedAt: [
    'When it became critical, ISO 8601 in UTC. null: it did not.',
    '升级为严重的时间，ISO 8601 UTC。null 表示没有升级。',
    TIME,
  ],
  acknowledgedAt: [
    'When it was acknowledged, ISO 8601 in UTC. null: it was not.',
    '确认的时间，ISO 8601 UTC。null 表示没有确认。',
    TIME,
  ],
  acknowledgedBy: [
    'Who acknowledged it: a member’s email, or `token:` and the name of an API token. null: it is not acknowledged.',
    '确认者：成员邮箱，或 `token:` 加 API 令牌名称。null 表示无人确认。',
    EMAIL,
  ],
  resolvedAt: [
    'When it was resolved, ISO 8601 in UTC. null: it was not.',
    '解除的时间，ISO 8601 UTC。null 表示没有解除。',
    LATER,
  ],
  resolvedBy: [
    'Who resolved it: a member’s email, `token:` and the name of an API token, or `system`. null: it is not resolved.',
    '解除者：成员邮箱、`token:` 加 API 令牌名称，或 `system`。null 表示没有解除。',
    'system',
  ],
  steps: ['What happened to the alert, the oldest step first.', '告警的经过，最早的在前。'],
  'Alert.steps.kind': [
    'What happened. `reminder`: people were notified again.',
    '经过的类型。`reminder` 表示再次提醒。',
  ],
  'Alert.steps.severity': ['How serious it was then. null: not known.', '当时的严重程度。null 表示未知。'],
  'Alert.steps.detail': ['The figures at that moment. null: not known.', '当时的数据。null 表示未知。'],
  'Alert.webhookUrl': [
    'The URL of the webhook, with what may be a token masked.',
    '回调的 URL，可能是令牌的部分已脱敏。',
    CALLBACK_URL,
  ],
  'Alert.consecutiveFailures': ['Failed attempts in a row.', '连续失败的尝试次数。', 10],
  exhaustedDeliveries: [
    'Deliveries that used up their attempts since the last success.',
    '上次成功以来用尽重试的投递数。',
    4,
  ],
  'Alert.disabledReason': ['Why the service disabled the webhook.', '服务停用回调的原因。'],
  waitingDeliveries: [
    'Deliveries that wait for the disabled webhook. They go out once it is enabled again.',
    '等待已停用回调的投递数，重新启用后发出。',
    40,
  ],
  lastDeliveryId: ['The newest delivery behind the alert.', '与告警相关的最新投递。', ID],
  lastErrorClass: ['Why its last attempt failed.', '其最后一次尝试的失败类别。', 'server_error'],
  lastResponseStatus: [
    'The HTTP status that answered its last attempt.',
    '其最后一次尝试的 HTTP 状态码。',
    503,
  ],
  windowMinutes: [
    'The length of the time window that is looked at, in minutes.',
    '统计的时间窗口，单位分钟。',
    60,
  ],
  'Alert.attempts': ['Attempts that ended in the window.', '时间窗口内结束的尝试次数。', 320],
  failures: ['Failed attempts in the window.', '时间窗口内失败的尝试次数。', 80],
  successRatePercent: [
    'The share of successful attempts in the window, per cent.',
    '时间窗口内尝试的成功率，百分比。',
    75,
  ],
  'Alert.p95Ms': [
    'The 95th percentile of the durations in the window, in milliseconds.',
    '时间窗口内耗时的第 95 百分位，单位毫秒。',
    6_200,
  ],
  oldestWaitMinutes: [
    'How long the delivery that is due for longest has waited, in minutes.',
    '到期最久的投递已等待的时间，单位分钟。',
    14,
  ],
  oldestDeliveryId: ['The delivery that is due for longest.', '到期最久的投递。', ID],
  questions: ['Before-callbacks in the window.', '时间窗口内的前置回调数。', 200],
  byPolicy: [
    'Before-callbacks in the window that the policy decided.',
    '时间窗口内由策略决定的前置回调数。',
    60,
  ],
  byPolicyPercent: [
    'The share of before-callbacks that the policy decided, per cent.',
    '由策略决定的前置回调比例，百分比。',
    30,
  ],
  silentMinutes: [
    'How long the source has sent nothing, in minutes.',
    '来源没有发送任何请求的时长，单位分钟。',
    75,
  ],
  requests: ['Requests of the source in the window.', '时间窗口内来源的请求数。', 900],
  rejectedRequests: ['Requests in the window that were rejected.', '时间窗口内被拒绝的请求数。', 3],
  notUnderstoodRequests: [
    'Requests in the window that were not understood.',
    '时间窗口内无法识别的请求数。',
    0,
  ],
  failedRequests: ['Requests in the window that could not be stored.', '时间窗口内未能存储的请求数。', 0],
  threshold: ['The threshold that was passed, in the unit of its rule.', '超过的阈值，单位与规则一致。', 10],
} satisfies FieldTexts;
