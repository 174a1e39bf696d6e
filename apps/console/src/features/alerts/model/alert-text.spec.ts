import type { AlertDetail, AlertRule } from '@im/contracts/api/alerts';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateLocale, loadPageTexts, translate } from '../../../i18n/i18n.js';
import { alertText, resolverText, subjectName } from './alert-text.js';

function alert(rule: AlertRule, detail: Partial<AlertDetail> = {}) {
  return { rule, detail: { webhookName: 'Chat', webhookUrl: 'https://example.com/hook', ...detail } };
}

beforeAll(loadPageTexts);

describe('in Chinese', () => {
  beforeAll(() => activateLocale('zh'));

  it.each([
    [
      alert('consecutive_failures', {
        consecutiveFailures: 12,
        lastResponseStatus: 500,
        lastErrorClass: 'server_error',
      }),
      '连续失败 12 次，最后一次：HTTP 500，接收方内部错误',
    ],
    [
      alert('consecutive_failures', { consecutiveFailures: 5, lastErrorClass: 'connect_refused' }),
      '连续失败 5 次，最后一次：连接被拒绝',
    ],
    [
      alert('consecutive_failures', { consecutiveFailures: 5, lastResponseStatus: 302 }),
      '连续失败 5 次，最后一次：HTTP 302',
    ],
    [alert('delivery_exhausted', { exhaustedDeliveries: 3 }), '3 条投递用尽重试'],
    [alert('webhook_disabled', { disabledReason: 'gone' }), '接收方要求停止发送，回调地址已停用'],
    [
      alert('webhook_disabled', { disabledReason: 'gone', waitingDeliveries: 7 }),
      '接收方要求停止发送，回调地址已停用；7 条投递在等待，启用后发出',
    ],
    [alert('webhook_disabled', { disabledReason: 'failing' }), '连续多日没有一次成功，回调地址已停用'],
    [alert('webhook_disabled'), '回调地址已自动停用'],
    [
      alert('success_rate', { windowMinutes: 60, attempts: 40, failures: 4, successRatePercent: 90 }),
      '1 小时内尝试成功率 90%：40 次尝试中失败 4 次',
    ],
    [
      alert('slow', { windowMinutes: 15, attempts: 101, p95Ms: 12_300 }),
      '15 分钟内 101 次尝试的 95% 分位耗时 12 秒',
    ],
    [alert('backlog', { oldestWaitMinutes: 72 }), '有投递到期 1 小时 12 分钟仍未发出'],
    [
      alert('before_failing', { windowMinutes: 15, questions: 40, byPolicy: 13, byPolicyPercent: 32.5 }),
      '15 分钟内 32.5% 的前置回调由策略代为决定：40 次中 13 次',
    ],
    [alert('source_silent', { silentMinutes: 75 }), '已 1 小时 15 分钟没有收到任何请求'],
    [
      alert('source_rejecting', {
        ...{ windowMinutes: 15, requests: 40 },
        ...{ rejectedRequests: 3, notUnderstoodRequests: 2, failedRequests: 0 },
      }),
      '15 分钟内 40 个请求中有 5 个未被接受：已拒绝 3 个，未识别 2 个，存储失败 0 个',
    ],
    [
      alert('consecutive_failures', { consecutiveFailures: 6, lastErrorClass: 'future_class' }),
      '连续失败 6 次，最后一次：future_class',
    ],
  ])('says what is wrong (%#)', (given, text) => {
    expect(alertText(given, translate, 'zh-CN')).toBe(text);
  });

  it.each([
    [null, null],
    ['system', '自动恢复'],
    ['li@example.com', '由 li@example.com'],
  ])('resolved by %s is %s', (resolvedBy, text) => {
    expect(resolverText({ resolvedBy }, translate)).toBe(text);
  });
});

it.each([
  [{ webhookName: 'Chat', webhookUrl: 'https://example.com/hook' }, 'Chat'],
  [{ webhookName: '', webhookUrl: 'https://example.com/hook' }, 'https://example.com/hook'],
  [{ sourceName: 'OpenIM 生产', sourceKind: 'openim' }, 'OpenIM 生产'],
] as const)('names what it is about: %o', (detail, name) => {
  expect(subjectName({ detail })).toBe(name);
});

describe('in English', () => {
  beforeAll(() => activateLocale('en'));

  it('says the same', () => {
    const given = alert('consecutive_failures', { consecutiveFailures: 12, lastResponseStatus: 500 });
    expect(alertText(given, translate, 'en')).toBe('12 failures in a row; the last one: HTTP 500');
    expect(resolverText({ resolvedBy: 'system' }, translate)).toBe('automatically');
  });
});
