import { describe, expect, it } from 'vitest';
import { isNarrowed, readAlertFilters } from './alert-filters.js';

const BLANK = { severity: '', rule: '', webhookId: '' };
const WEBHOOK = '0198c1f2-7a10-7b3c-8d4e-000000000001';

describe('readAlertFilters', () => {
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
