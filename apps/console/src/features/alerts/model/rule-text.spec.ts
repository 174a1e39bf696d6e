import { DEFAULT_ALERT_RULES } from '@im/contracts/api/alert-rules';
import { beforeAll, describe, expect, it } from 'vitest';
import { activateLocale, loadPageTexts, translate } from '../../../i18n/i18n.js';
import { ruleText, notificationTexts } from './rule-text.js';

beforeAll(loadPageTexts);

describe('in Chinese', () => {
  beforeAll(() => activateLocale('zh'));

  it.each([
    ['consecutive_failures', '连续失败达到 5 次。任何一次成功都会让它自动恢复。达到 10 时升级为严重。'],
    ['success_rate', '1 小时内至少 20 次尝试中，尝试成功率低于 95%。低于 80% 时升级为严重。'],
    ['slow', '15 分钟内至少 20 次尝试中，95% 分位耗时超过 5 秒。达到 10 秒 时升级为严重。'],
    ['backlog', '有投递到期超过 10 分钟仍未发出；等待重试的不算。达到 1 小时 时升级为严重。'],
    ['before_failing', '15 分钟内至少 20 次前置回调中，由策略代为决定的达到 25%。达到 50% 时升级为严重。'],
    [
      'source_silent',
      '超过 1 小时没有收到任何请求；暂停的不算。收到请求即自动恢复。达到 4 小时 时升级为严重。',
    ],
    ['source_rejecting', '15 分钟内，一个 IM 来源的请求被拒绝、未识别或存储失败达到 1 个'],
  ] as const)('says what raises %s', (rule, text) => {
    expect(ruleText(rule, DEFAULT_ALERT_RULES, translate, 'zh-CN')).toContain(text);
  });

  it('says when people are notified', () => {
    const quietHours = { timeZone: 'Asia/Shanghai', from: '22:00', to: '08:00', allowCritical: true };
    const days = ['sun', 'sat'] as const;
    expect(
      notificationTexts(
        { renotifyAfterMinutes: 60, quietHours: { ...quietHours, days: [...days] } },
        translate,
        'zh-CN',
      ),
    ).toEqual([
      '未确认的告警在 1 小时后再次通知，之后间隔逐次加倍，最长一天一次。',
      '免打扰：周六和周日 22:00 至 08:00（Asia/Shanghai）。严重告警照常通知，其余在结束时汇总。',
    ]);
  });
});

describe('in English', () => {
  beforeAll(() => activateLocale('en'));

  it('leaves out what never becomes critical', () => {
    const rules = { ...DEFAULT_ALERT_RULES, slow: { ...DEFAULT_ALERT_RULES.slow, criticalMs: null } };
    expect(ruleText('slow', rules, translate, 'en')).toBe(
      'The slowest 5% of at least 20 attempts in 15 min take longer than 5 sec.',
    );
    expect(notificationTexts({ renotifyAfterMinutes: 0, quietHours: null }, translate, 'en')).toEqual([
      'There are no reminders.',
      'There are no quiet hours.',
    ]);
  });
});
