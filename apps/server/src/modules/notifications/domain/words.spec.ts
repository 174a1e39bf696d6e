import type { AlertDetail, AlertRule } from '@im/contracts/api/alerts';
import { expect, it } from 'vitest';
import { wordsOf } from './words-of.js';

const FIGURES: [AlertRule, AlertDetail, string, string][] = [
  [
    'success_rate',
    { windowMinutes: 60, attempts: 40, failures: 4, successRatePercent: 90 },
    '1 小时内尝试成功率 90%：40 次尝试中失败 4 次',
    'Attempt success rate 90% in 1 hour: 4 of 40 attempts failed',
  ],
  [
    'slow',
    { windowMinutes: 15, attempts: 20, p95Ms: 12_340 },
    '15 分钟内 20 次尝试的 95% 分位耗时 12.3 秒',
    'The slowest 5% of 20 attempts in 15 minutes took 12.3 s or longer',
  ],
  [
    'webhook_disabled',
    { disabledReason: 'gone', waitingDeliveries: 0 },
    '接收方回复 410，要求停止发送',
    'The receiver answered 410 and wants no more',
  ],
  [
    'webhook_disabled',
    { disabledReason: 'failing', waitingDeliveries: 130 },
    '连续多日没有一次成功；130 条投递在等待，启用后发出',
    'It failed for days without one success; 130 deliveries waiting until it is enabled',
  ],
  [
    'backlog',
    { oldestWaitMinutes: 11 },
    '有投递到期 11 分钟仍未发出',
    'A delivery has been due for 11 minutes without being sent',
  ],
  [
    'before_failing',
    { windowMinutes: 15, questions: 40, byPolicy: 13, byPolicyPercent: 32.5 },
    '15 分钟内 32.5% 的前置回调由策略代为决定：40 次中 13 次',
    'The policy decided 32.5% of before-callbacks in 15 minutes: 13 of 40',
  ],
  ['source_silent', { silentMinutes: 61 }, '已 1 小时没有收到任何请求', 'Nothing received for 1 hour'],
  [
    'source_rejecting',
    { windowMinutes: 15, requests: 40, rejectedRequests: 3, notUnderstoodRequests: 2, failedRequests: 1 },
    '15 分钟内 40 个请求中有 6 个未被接受：已拒绝 3 个，未识别 2 个，存储失败 1 个',
    '6 of 40 requests in 15 minutes not accepted: 3 rejected, 2 not understood, 1 not stored',
  ],
];

it.each(FIGURES)('says what happened: %s', (rule, detail, zh, en) => {
  expect(wordsOf('zh').figures(rule, detail)).toBe(zh);
  expect(wordsOf('en').figures(rule, detail)).toBe(en);
});
