/** Describes recoveries. */
import { LATER, TIME, type FieldTexts } from './field-text.js';

export const RECOVERY_TEXTS = {
  'StartRecoveryRequest.from': [
    'Since when the deliveries were created, or the missing events received; inclusive, ISO 8601.',
    '投递创建或缺失事件收到的起始时间（含），ISO 8601。',
    TIME,
  ],
  'StartRecoveryRequest.to': [
    'Before when they were; exclusive, ISO 8601. Events after this request are left out.',
    '截止时间（不含），ISO 8601。本次请求之后的事件不包括在内。',
    LATER,
  ],
  'Recovery.status': [
    'Which deliveries are replayed: those that failed or were skipped, or the events that never had one.',
    '要恢复的内容：失败的投递、被跳过的投递，或从未投递的事件。',
  ],
  'Recovery.events': [
    'Only these events, or families such as `message.*`. Absent or empty: every event.',
    '只含这些事件或 `message.*` 这样的事件族。不填或空表示所有事件。',
    ['message.*'],
  ],
  ratePerSecond: ['The most deliveries that are scheduled a second.', '每秒最多安排的投递数。', 200],
  dryRun: [
    'Whether to answer only what would be sent, and start nothing.',
    '是否只返回将要发送的数量，不实际开始。',
  ],
  'RecoveryEstimate.count': ['The number of callbacks that would be sent.', '将要发送的回调数。', 1280],
  isCountFinal: [
    'Whether `count` is exact. If not, there are more.',
    '`count` 是否准确。为 false 时实际更多。',
  ],
  estimatedSeconds: [
    'How long it would take, in seconds, at the lower of the rate asked for and the rate limit of the webhook.',
    '预计用时，单位秒，按请求的速率与回调限速中较低者计算。',
    7,
  ],
  keptSince: [
    'Events received before are no longer kept and cannot be replayed, ISO 8601 in UTC. null: all are kept.',
    '此时间之前收到的事件已不再保留，无法恢复，ISO 8601 UTC。null 表示全部保留。',
    TIME,
  ],
  'Recovery.state': [
    'How far the recovery is. `failed`: the webhook was deleted before it ended.',
    '批量恢复的状态。`failed` 表示结束前回调已被删除。',
  ],
  'Recovery.reason': [
    'Why the service paused it or let it fail. null: it did not.',
    '被服务暂停或失败的原因。null 表示没有。',
  ],
  waitingFor: [
    'Why a running recovery schedules nothing at the moment. null: it does.',
    '运行中但暂未安排投递的原因。null 表示正在安排。',
  ],
  'Recovery.total': ['The number of deliveries or events that it covers.', '涉及的投递或事件总数。', 1280],
  isTotalFinal: [
    'Whether `total` is exact. If not, it counts those found so far.',
    '`total` 是否准确。为 false 时只是目前找到的数量。',
  ],
  scannedUntil: [
    'Everything older has been looked at, ISO 8601 in UTC.',
    '此时间之前的内容均已扫描，ISO 8601 UTC。',
    TIME,
  ],
  scheduled: ['The number of deliveries that it has made.', '已安排的投递数。', 1200],
  'Recovery.succeeded': ['Of these, the deliveries that succeeded.', '其中成功的投递数。', 1150],
  'Recovery.failed': ['Of these, the deliveries that failed for good.', '其中最终失败的投递数。', 10],
  'Recovery.canceled': ['Of these, the deliveries that were canceled.', '其中已取消的投递数。', 0],
  'Recovery.pending': ['Of these, the deliveries that wait.', '其中等待中的投递数。', 40],
  'Recovery.skipped': ['What it did not replay, and why.', '没有恢复的数量，按原因列出。'],
  alreadyDelivered: ['Callbacks that had arrived meanwhile.', '期间已送达的回调数。', 3],
  alreadyPending: ['Callbacks with a delivery that was waiting.', '已有等待中投递的回调数。', 1],
  alreadyRepeated: [
    'Callbacks that were delivered again since the recovery began, without success.',
    '恢复开始后已再次投递但未成功的回调数。',
    0,
  ],
  payloadExpired: ['Events whose payload is no longer kept.', '事件数据已不再保留的数量。', 0],
  estimatedLeftMs: [
    'The time left, in milliseconds, estimated from the speed so far. null: it does not run, or it is too early to tell.',
    '按目前速度估计的剩余时间，单位毫秒。null 表示未运行或暂时无法估计。',
    12_000,
  ],
} satisfies FieldTexts;
