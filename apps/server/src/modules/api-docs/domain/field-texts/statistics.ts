/** Describes statistics, causes of failures and changes. */
import { ID, LATER, TIME, type FieldTexts } from './field-text.js';

export const STATISTICS_TEXTS = {
  period: ['The length of a bucket. Weeks begin on Monday.', '时间桶的长度，每周从周一开始。'],
  'Statistics.from': [
    'Where the first bucket begins, inclusive, ISO 8601.',
    '第一个时间桶的起点（含），ISO 8601。',
    TIME,
  ],
  'Statistics.to': [
    'Where the last bucket ends, exclusive, ISO 8601.',
    '最后一个时间桶的终点（不含），ISO 8601。',
    LATER,
  ],
  'StatisticsBucket.from': [
    'Where the bucket begins, inclusive, ISO 8601.',
    '时间桶的起点（含），ISO 8601。',
    TIME,
  ],
  'StatisticsBucket.to': [
    'Where the bucket ends, exclusive, ISO 8601.',
    '时间桶的终点（不含），ISO 8601。',
    LATER,
  ],
  'Statistics.event': [
    'The event that was asked for. null: all events.',
    '所查询的事件。null 表示所有事件。',
    'message.sent',
  ],
  'EventStatistics.event': ['The name of the event.', '事件名称。', 'message.sent'],
  'Statistics.total': [
    'Deliveries created in the span, test sends left out.',
    '该时间段内创建的投递数，不含测试发送。',
    1280,
  ],
  'Statistics.attempts': [
    'Requests made for these deliveries; of a batch, one for each delivery in it.',
    '为这些投递发出的请求数，批量请求按其中的投递数计。',
    1300,
  ],
  attemptSuccessRate: [
    'The share of attempts that the receiver answered with 2xx, from 0 to 1. null: there was none.',
    '接收方返回 2xx 的尝试比例，0 到 1。null 表示没有尝试。',
    0.985,
  ],
  deliveredRate: [
    'The share that arrived of the deliveries of events that are due, from 0 to 1. null: there are none.',
    '应送达的事件投递中已送达的比例，0 到 1。null 表示没有。',
    0.992,
  ],
  successRate: [
    'The old name of `deliveredRate`. null: there are none.',
    '`deliveredRate` 的旧名称。null 表示没有。',
    0.992,
  ],
  meanMs: [
    'The mean duration, in milliseconds. null: there was none.',
    '平均耗时，单位毫秒。null 表示没有数据。',
    48.3,
  ],
  p50Ms: [
    'The median of the durations, in milliseconds. null: there was none.',
    '耗时的中位数，单位毫秒。null 表示没有数据。',
    41,
  ],
  p95Ms: [
    'The 95th percentile of the durations, in milliseconds. null: there was none.',
    '耗时的第 95 百分位，单位毫秒。null 表示没有数据。',
    120,
  ],
  p99Ms: [
    'The 99th percentile of the durations, in milliseconds. null: there was none.',
    '耗时的第 99 百分位，单位毫秒。null 表示没有数据。',
    310,
  ],
  errorBound: [
    'A percentile differs from the exact one by at most this share of it. Counts and means are exact.',
    '百分位与精确值之差的最大比例。计数和平均值是精确的。',
    0.05,
  ],
  overall: ['The counts of the whole span.', '整个时间段的统计。'],
  buckets: ['The counts of each bucket, without gaps.', '每个时间桶的统计，没有间断。'],
  byEvent: ['The counts of each event that had deliveries, by name.', '每个有投递的事件的统计，按名称排列。'],
  byWebhook: [
    'The counts of each webhook, the oldest first; deleted ones that had deliveries too.',
    '每个回调的统计，最早创建的在前，含有投递的已删除回调。',
  ],
  isDeleted: ['Whether the webhook was deleted.', '回调是否已删除。', false],
  course: [
    '`total` of each bucket. null: there are more than 48 buckets.',
    '每个时间桶的 `total`。null 表示时间桶超过 48 个。',
    [52, 48, 60],
  ],
  causes: ['Why deliveries fail, the most frequent cause first.', '投递失败的原因，最常见的在前。'],
  isPartial: ['Whether there were more failures than are counted.', '是否有未计入的失败。', false],
  'FailureCause.errorClass': ['Why the deliveries failed.', '投递失败的类别。'],
  'FailureCause.count': [
    'Deliveries that failed for it, and those that are retried after it.',
    '因此失败以及因此重试的投递数。',
    12,
  ],
  responseStatuses: [
    'The HTTP statuses behind it, the most frequent first; at most three.',
    '对应的 HTTP 状态码，最常见的在前，最多三个。',
    [503, 500],
  ],

  'AppChange.kind': [
    'What changed: a webhook, a secret in use, or an alert.',
    '变更的对象：回调、使用中的密钥，或告警。',
  ],
  'AppChange.action': ['What happened to it.', '发生的变更。'],
  'AppChange.webhookId': [
    'The webhook concerned. null: a source, or the app itself.',
    '相关的回调。null 表示来源或应用自身。',
    ID,
  ],
  'AppChange.name': [
    'The name that the webhook or source had then. Empty: it had none.',
    '回调或来源当时的名称，空表示没有名称。',
    'Orders',
  ],
  fields: [
    'The settings that changed. Empty unless a webhook was updated.',
    '修改的设置。不是修改回调时为空。',
    ['timeoutMs'],
  ],
  'AppChange.alertId': [
    'The alert concerned. null: it is about no alert.',
    '相关的告警。null 表示与告警无关。',
    ID,
  ],
  'AppChanges.changes': ['The changes, the oldest first.', '变更列表，最早的在前。'],
  isTruncated: [
    'Whether there were more, of which the oldest are left out.',
    '是否还有更多（最早的已略去）。',
    false,
  ],
} satisfies FieldTexts;
