import { describe, expect, it } from 'vitest';
import { HOURS, summarizeHours, type HourRow } from './summarize-hours.js';

const NOW = new Date('2026-11-21T08:00:00Z');
const row = (override: Partial<HourRow>): HourRow => ({
  hour: 0,
  accepted: 0,
  rejected: 0,
  notUnderstood: 0,
  failed: 0,
  ...override,
});

describe('the hours of a source', () => {
  it('are all zero when nothing came', () => {
    const { counters, hours } = summarizeHours([], NOW);
    expect(counters).toEqual({ received: 0, accepted: 0, rejected: 0, notUnderstood: 0, failed: 0 });
    expect(hours).toEqual({
      from: '2026-11-20T08:00:00.000Z',
      accepted: Array(HOURS).fill(0),
      notAccepted: Array(HOURS).fill(0),
    });
  });

  it('keep apart what was accepted and what was not, and add up to the counters', () => {
    const rows = [
      row({ hour: 3, accepted: 5, rejected: 1 }),
      row({ hour: 23, accepted: 2, notUnderstood: 3, failed: 4 }),
    ];
    const { counters, hours } = summarizeHours(rows, NOW);
    expect(counters).toEqual({ received: 15, accepted: 7, rejected: 1, notUnderstood: 3, failed: 4 });
    expect([hours.accepted[3], hours.accepted[23]]).toEqual([5, 2]);
    expect([hours.notAccepted[3], hours.notAccepted[23]]).toEqual([1, 7]);
  });
});
