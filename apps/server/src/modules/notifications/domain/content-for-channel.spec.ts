import { describe, expect, it } from 'vitest';
import { noticedAlert } from '../../../testing/noticed-alert.js';
import { contentForChannel, type ChannelFilter, type FilteredNotice } from './content-for-channel.js';

const everything: ChannelFilter = { minSeverity: 'warning', appIds: [], rules: [] };
const app = { appKey: 'ak_1', name: 'Chat' };

function notice(override: Partial<FilteredNotice> = {}): FilteredNotice {
  return {
    appId: 'app-1',
    severity: 'warning',
    content: { app, alerts: [noticedAlert()], counts: null },
    ...override,
  };
}

describe('a channel gets a notice', () => {
  it.each<[string, FilteredNotice, Partial<ChannelFilter>, boolean]>([
    ['without limits', notice(), {}, true],
    ['of one of its apps', notice(), { appIds: ['app-2', 'app-1'] }, true],
    ['of another app', notice(), { appIds: ['app-2'] }, false],
    ['of one of its rules', notice(), { rules: ['consecutive_failures'] }, true],
    ['of another rule', notice(), { rules: ['webhook_disabled'] }, false],
    ['that is a warning, when it wants critical ones', notice(), { minSeverity: 'critical' }, false],
    ['that is critical', notice({ severity: 'critical' }), { minSeverity: 'critical' }, true],
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
  const summary = notice({
    severity: 'critical',
    content: { app, alerts, counts: { total: 30, unresolved: 9 } },
  });
  const idsFor = (filter: Partial<ChannelFilter>) =>
    contentForChannel(summary, { ...everything, ...filter })?.alerts.map(({ alertId }) => alertId);

  it('comes whole to a channel without limits', () => {
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
