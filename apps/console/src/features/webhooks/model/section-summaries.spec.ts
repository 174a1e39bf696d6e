import { expect, it } from 'vitest';
import { useText } from '../../../i18n/i18n.js';
import { sectionSummaries } from './section-summaries.js';
import { emptyWebhookForm, type WebhookForm } from './webhook-form.js';

function summariesOf(change: (form: WebhookForm) => void) {
  const form = emptyWebhookForm();
  change(form);
  return sectionSummaries(form, useText().t);
}

it('says what a new webhook does', () => {
  expect(summariesOf(() => undefined)).toEqual({
    delivery: '超时 10 s · IM 信封',
    retry: '标准 · 约 21 小时内共 9 次',
    headers: '没有自定义请求头',
    before: '不询问',
    advanced: '没有外部 ID',
  });
});

it('names what differs from it', () => {
  const summaries = summariesOf((form) => {
    form.timeoutSeconds = 3;
    form.retry.choice = 'quick';
    Object.assign(form.delivery, { ordering: 'conversation', isBatched: true, rateLimitPerSecond: 20 });
    form.headers = ['A', 'B', ' ', 'C', 'D'].map((name, rowId) => ({ rowId, name, value: 'x' }));
    form.clientCertificate.certificate = 'PEM';
    form.before = { isOn: true, events: ['message.sent'], deadlineMs: 1_500, onFailure: 'allow' };
    form.externalId = ' orders ';
  });
  expect(summaries).toEqual({
    delivery: '超时 3 s · IM 信封 · 按会话保序 · 合并投递 · 每秒最多 20 次请求',
    retry: '快速 · 1 分钟内共 3 次',
    headers: 'A, B, C, … · 带客户端证书',
    before: '1 个事件先询问',
    advanced: 'orders',
  });
});
