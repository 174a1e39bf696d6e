import { describe, expect, it } from 'vitest';
import { isNarrowed, readAlertFilters, statusOfTab, toAlertsQuery } from './alert-filters.js';

const BLANK = { status: '', severity: '', rule: '', webhookId: '' };
const WEBHOOK = '0198c1f2-7a10-7b3c-8d4e-000000000001';

describe('readAlertFilters', () => {
  it.each([
    ['', 'open'],
    ['open', 'open'],
    ['acknowledged', 'acknowledged'],
    ['resolved', 'resolved'],
    ['all', 'all'],
    ['closed', 'open'],
  ])('status=%s shows the tab %s', (status, tab) => {
    expect(readAlertFilters({ ...BLANK, status }).tab).toBe(tab);
  });

  it('takes what the API accepts', () => {
    const values = { ...BLANK, severity: 'critical', rule: 'delivery_exhausted', webhookId: WEBHOOK };
    expect(readAlertFilters(values)).toMatchObject({
      severity: 'critical',
      rule: 'delivery_exhausted',
      webhookId: WEBHOOK,
    });
  });

  it('leaves out what the API would refuse', () => {
    const values = { ...BLANK, severity: 'fatal', rule: 'source_loud', webhookId: 'w1' };
    expect(isNarrowed(readAlertFilters(values))).toBe(false);
  });
});

describe('toAlertsQuery', () => {
  it.each([
    ['open', 'open'],
    ['resolved', 'resolved'],
    ['all', undefined],
  ])('the tab %s asks for status %s', (status, asked) => {
    expect(toAlertsQuery(readAlertFilters({ ...BLANK, status })).status).toBe(asked);
  });
});

describe('statusOfTab', () => {
  it.each([
    ['open', ''],
    ['resolved', 'resolved'],
    ['all', 'all'],
  ])('the tab %s is written %j in the URL', (tab, status) => {
    expect(statusOfTab(tab)).toBe(status);
  });
});
