import { describe, expect, it } from 'vitest';
import { noticedAlert } from '../../../testing/noticed-alert.js';
import { contentForChannel, type ChannelFilter, type ToldNotice } from './content-for-channel.js';

const everything: ChannelFilter = { minSeverity: 'warning', appIds: [], rules: [] };
const app = { appKey: 'ak_1', name: 'Chat' };

function told(override: Partial<ToldNotice> = {}): ToldNotice {
  return {
    appId: 'app-1',
    severity: 'warning',
    content: { app, alerts: [noticedAlert()], counts: null },
    ...override,
  };
}

describe('a channel hears of a notice', () => {
  it.each<[string, ToldNotice, Partial<ChannelFilter>, boolean]>([
    ['without limits', told(), {}, true],
    ['of one of its apps', told(), { appIds: ['app-2', 'app-1'] }, true],
    ['of another app', told(), { appIds: ['app-2'] }, false],
    ['of one of its rules', told(), { rules: ['consecutive_failures'] }, true],
    ['of another rule', told(), { rules: ['webhook_disabled'] }, false],
    ['that is a warning, when it wants critical ones', told(), { minSeverity: 'critical' }, false],
    ['that is critical', told({ severity: 'critical' }), { minSeverity: 'critical' }, true],
  ])('%s', (_, notice, filter, isHeard) => {
    expect(contentForChannel(notice, { ...everything, ...filter })).toEqual(isHeard ? notice.content : null);
  });
});

describe('a summary', () => {
  const alerts = [
    noticedAlert({ alertId: 'a', severity: 'critical' }),
    noticedAlert({ alertId: 'b', severity: 'warning' }),
    noticedAlert({ alertId: 'c', rule: 'webhook_disabled', severity: 'critical', status: 'resolved' }),
  ];
  const summary = told({
    severity: 'critical',
    content: { app, alerts, counts: { total: 30, unresolved: 9 } },
  });
  const idsFor = (filter: Partial<ChannelFilter>) =>
    contentForChannel(summary, { ...everything, ...filter })?.alerts.map(({ alertId }) => alertId);

  it('comes whole to who hears everything', () => {
    expect(contentForChannel(summary, everything)).toBe(summary.content);
  });

  it('is narrowed to what the channel wants, counts included', () => {
    expect(idsFor({ minSeverity: 'critical' })).toEqual(['a', 'c']);
    expect(idsFor({ rules: ['webhook_disabled'] })).toEqual(['c']);
    expect(contentForChannel(summary, { ...everything, minSeverity: 'critical' })?.counts).toEqual({
      total: 2,
      unresolved: 1,
    });
  });

  it('does not come when nothing is left of it', () => {
    expect(idsFor({ rules: ['delivery_exhausted'] })).toBeUndefined();
  });
});
