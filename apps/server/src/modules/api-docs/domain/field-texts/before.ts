/** Describes before-callbacks and their statistics. */
import { ID, LATER, MESSAGE, TIME, type FieldTexts } from './field-text.js';

export const BEFORE_TEXTS = {
  'AskReceiverRequest.conversationId': [
    'The conversation of the event that would follow. Absent: taken from `data` if it has one.',
    '将要发生的事件所属会话。不填时取自 `data`（如有）。',
    'group-8842',
  ],
  'AskReceiverRequest.data': [
    'The payload of the event that would follow. Fields that do not exist yet may be missing.',
    '将要发生的事件的数据，尚不存在的字段可以缺少。',
    MESSAGE,
  ],
  'BeforeDecision.decision': [
    'Whether the event may happen. `modify`: with the changes in `changes`.',
    '事件是否可以发生。`modify` 表示按 `changes` 修改后发生。',
  ],
  'BeforeDecision.code': ['The code that the receiver gave.', '接收方给出的代码。', 1001],
  'BeforeDecision.reason': [
    'The reason that the receiver gave, for people.',
    '接收方给出的原因，供人阅读。',
    'The text contains a forbidden word',
  ],
  'BeforeDecision.changes': [
    'With `modify`, new values by the names of fields of the payload.',
    '`modify` 时各字段的新值，以字段名为键。',
    { text: 'Hello ***' },
  ],
  'BeforeDecision.decidedBy': [
    'Who decided: the receiver, or the policy of the webhook for one of the other reasons. `none`: no webhook is asked.',
    '决定者：接收方，或因其他原因由回调的策略决定。`none` 表示没有回调负责该事件。',
  ],
  latencyMs: ['From the question to the decision, in milliseconds.', '从询问到决定的耗时，单位毫秒。', 85.2],
  'BeforeDecision.deliveryId': [
    'The id under which it appears in the log a moment later. null: no webhook is asked about the event.',
    '稍后出现在日志中的投递 ID。null 表示没有回调负责该事件。',
    ID,
  ],
  'BeforeStatistics.from': [
    'Where the time span begins, inclusive, ISO 8601 in UTC.',
    '时间段的起点（含），ISO 8601 UTC。',
    TIME,
  ],
  'BeforeStatistics.to': [
    'Where the time span ends, exclusive, ISO 8601 in UTC.',
    '时间段的终点（不含），ISO 8601 UTC。',
    LATER,
  ],
  'BeforeStatistics.total': ['The number of questions.', '询问总数。', 1280],
  allowed: ['The number of events that were allowed.', '允许的次数。', 1200],
  denied: ['The number of events that were denied.', '拒绝的次数。', 60],
  modified: ['The number of events that were allowed with changes.', '修改后允许的次数。', 20],
  byReceiver: ['Decided by the receiver.', '由接收方决定的次数。', 1270],
  byDeadline: [
    'Decided by the policy, since the receiver did not answer in time.',
    '接收方未及时响应，由策略决定的次数。',
    6,
  ],
  byBreaker: [
    'Decided by the policy, since the webhook was paused or its breaker open.',
    '回调被暂停或已熔断，由策略决定的次数。',
    0,
  ],
  byInvalidAnswer: [
    'Decided by the policy, since the answer was no decision.',
    '响应不是有效的决定，由策略决定的次数。',
    1,
  ],
  byError: [
    'Decided by the policy, since the receiver could not be reached or answered with an error.',
    '无法连接接收方或其返回错误，由策略决定的次数。',
    3,
  ],
  policyShare: [
    'The share that the policy decided, from 0 to 1. null: nothing was asked.',
    '由策略决定的比例，0 到 1。null 表示没有询问。',
    0.0078,
  ],
  maxMs: [
    'The longest time from a question to its decision, in milliseconds. null: nothing was asked.',
    '从询问到决定的最长耗时，单位毫秒。null 表示没有询问。',
    1_480.5,
  ],
} satisfies FieldTexts;
