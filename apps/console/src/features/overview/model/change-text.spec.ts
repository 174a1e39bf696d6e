import type { AppChange } from '@im/contracts/api/changes';
import { expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import { changeText, markerOf } from './change-text.js';

const AT = '2026-05-21T08:00:00.000Z';
const base: AppChange = {
  ...{ kind: 'webhook', action: 'updated', at: AT, by: 'li@example.com', name: 'Orders', fields: [] },
  ...{ webhookId: 'w1', sourceId: null, alertId: null, rule: null, severity: null },
};
const alert = { kind: 'alert', by: 'system', rule: 'backlog', severity: 'critical' } as const;

it.each<[Partial<AppChange>, string]>([
  [{ fields: ['timeoutMs', 'url'] }, 'li@example.com 修改了 Orders：超时、回调地址'],
  [{ fields: ['enabled'], by: 'system' }, '系统 修改了 Orders：启用'],
  [{ action: 'created', name: '' }, 'li@example.com 新增了回调 w1'],
  [{ action: 'deleted' }, 'li@example.com 删除了回调 Orders'],
  [{ kind: 'rotation', action: 'activated' }, 'li@example.com 启用了 Orders 的新密钥'],
  [
    { kind: 'rotation', action: 'activated', webhookId: null, sourceId: 's1' },
    'li@example.com 启用了 IM 来源的新令牌',
  ],
  [{ kind: 'rotation', action: 'activated', webhookId: null }, 'li@example.com 启用了新的 AppSecret'],
  [{ ...alert, action: 'opened' }, '告警：Orders 投递积压'],
  [{ ...alert, action: 'resolved' }, '告警恢复：Orders 投递积压'],
])('says of %o: %s', (change, text) => {
  expect(changeText({ ...base, ...change }, translate, 'w1')).toBe(text);
});

it.each<[Partial<AppChange>, string]>([
  [{}, '--el-text-color-secondary'],
  [{ ...alert, action: 'opened' }, '--el-color-danger'],
  [{ ...alert, action: 'opened', severity: 'warning' }, '--el-color-warning'],
  [{ ...alert, action: 'resolved' }, '--el-color-success'],
])('marks %o in the colour %s', (change, colour) => {
  expect(markerOf({ ...base, ...change }, 'text')).toEqual({ atMs: Date.parse(AT), colour, text: 'text' });
});
