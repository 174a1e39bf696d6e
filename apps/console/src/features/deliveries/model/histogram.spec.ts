import type { WebhookStatistics } from '@im/contracts/api/statistics';
import { describe, expect, it } from 'vitest';
import { filtersOf } from './saved-views.js';
import {
  barsOf,
  chosenSpan,
  histogramQuery,
  isWithin,
  movedIndex,
  spanOf,
  unappliedFilters,
} from './histogram.js';

const NOW_MS = Date.parse('2026-11-30T12:00:30.000Z');
const at = (time: string) => `2026-11-30T${time}.000Z`;

function bucket(hour: number, counts: Partial<WebhookStatistics['buckets'][number]>) {
  const of = (value: number) => at(`${String(value).padStart(2, '0')}:00:00`);
  const none = { total: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0, pending: 0, attempts: 0 };
  const rates = { attemptSuccessRate: null, deliveredRate: null, successRate: null };
  const times = { meanMs: null, p50Ms: null, p95Ms: null, p99Ms: null };
  return { from: of(hour), to: of(hour + 1), ...none, ...rates, ...times, ...counts };
}

describe('the statistics asked for', () => {
  it.each([
    ['of a day where no time is set', {}, { period: 'hour' }],
    ['of the preset', { range: '1h' }, { period: 'minute' }],
    ['of the last week by the hour', { range: '7d' }, { period: 'hour', from: '2026-11-23T13:00:30.000Z' }],
    ['of one event', { event: 'message.sent' }, { period: 'hour', event: 'message.sent' }],
    ['of all events where a family is set', { event: 'message.*' }, { period: 'hour' }],
    [
      'of the span',
      { from: at('08:00:00'), to: at('10:00:00') },
      { period: 'minute', from: at('08:00:00'), to: at('10:00:00') },
    ],
    [
      'of what is around a minute',
      { from: at('08:00:00'), to: at('08:01:00') },
      { period: 'minute', from: '2026-11-30T07:45:30.000Z', to: '2026-11-30T08:15:30.000Z' },
    ],
    [
      'of what was before the running minute',
      { from: at('12:00:00') },
      { period: 'minute', from: '2026-11-30T11:30:30.000Z', to: '2026-11-30T12:00:30.000Z' },
    ],
    [
      'of the day before an instant',
      { to: at('10:00:00') },
      { period: 'hour', from: '2026-11-29T10:00:00.000Z', to: at('10:00:00') },
    ],
    [
      'of a day where the span ends before it begins',
      { from: at('10:00:00'), to: at('08:00:00') },
      { period: 'hour' },
    ],
  ])('are those %s', (_, filters, query) => {
    expect(histogramQuery(filtersOf(filters), NOW_MS)).toEqual(query);
  });
});

it.each([
  [{}, []],
  [{ event: 'message.sent', status: 'failed', range: '1h', webhookId: 'w1' }, []],
  [{ event: 'message.*', phase: 'problem', q: 'm1' }, ['phase', 'event', 'q']],
] as const)('with %j the bars leave %j out', (filters, names) => {
  expect(unappliedFilters(filtersOf(filters))).toEqual(names);
});

describe('bars', () => {
  const buckets = [
    bucket(8, { succeeded: 60, failed: 20, pending: 15, skipped: 3, canceled: 2 }),
    bucket(9, {}),
    bucket(10, { failed: 50 }),
  ];

  it('stand on the failures, and the highest fills the chart', () => {
    const [first, empty, last] = barsOf(buckets, '');
    expect(first?.segments.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'succeeded',
      'pending',
      'skipped',
    ]);
    expect(first?.segments.at(-1)?.y).toBeCloseTo(0);
    expect(first?.counts.skipped).toBe(5);
    expect(empty?.segments).toEqual([]);
    expect(last?.segments).toMatchObject([{ outcome: 'failed', height: 0.5, y: 0.5 }]);
  });

  it.each([
    ['success', { succeeded: 60, failed: 0, pending: 0, skipped: 0 }],
    ['pending', { succeeded: 0, failed: 0, pending: 15, skipped: 0 }],
    ['failed', { succeeded: 0, failed: 20, pending: 0, skipped: 0 }],
    ['skipped', { succeeded: 0, failed: 0, pending: 0, skipped: 3 }],
    ['canceled', { succeeded: 0, failed: 0, pending: 0, skipped: 2 }],
  ])('filtered by %s count only that', (status, counts) => {
    expect(barsOf(buckets, status)[0]?.counts).toEqual(counts);
  });

  it('show one failure among many', () => {
    const [bar] = barsOf([bucket(8, { succeeded: 9_999, failed: 1 })], '');
    expect(bar?.segments[0]).toMatchObject({ outcome: 'failed' });
    expect(bar?.segments[0]?.height).toBeGreaterThan(0.03);
    expect(bar?.segments.at(-1)?.y).toBeGreaterThanOrEqual(0);
  });

  it('name the span that is chosen from either end', () => {
    const bars = barsOf(buckets, '');
    const span = { from: at('08:00:00'), to: at('10:00:00') };
    expect(spanOf(bars, 0, 1)).toEqual(span);
    expect(spanOf(bars, 1, 0)).toEqual(span);
    expect(spanOf(bars, 0, 7)).toBeUndefined();
    const chosen = chosenSpan(filtersOf(span), NOW_MS)!;
    expect(bars.map((bar) => isWithin(bar, chosen))).toEqual([true, true, false]);
  });
});

it('finds a bar again among bars that were loaded later', () => {
  const before = barsOf([bucket(8, {}), bucket(9, {}), bucket(10, {})], '');
  const after = barsOf([bucket(9, { succeeded: 2 }), bucket(10, {}), bucket(11, {})], '');
  expect([0, 1, 2, 3, null].map((index) => movedIndex(index, before, after))).toEqual([
    null,
    0,
    1,
    null,
    null,
  ]);
});
