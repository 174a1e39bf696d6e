import { describe, expect, it } from 'vitest';
import { sampleBuckets } from '../../testing/sample-statistics.js';
import { latencyColumns, outcomeColumns, snapToBuckets, successColumns } from './chart-data.js';

const at = (time: string) => Date.parse(`2026-05-21T${time}Z`);
const MIDDLES = [at('08:30'), at('09:30')].map((ms) => ms / 1_000);

describe('the columns of a chart', () => {
  it('stack the outcomes, the highest first', () => {
    const buckets = sampleBuckets(
      { succeeded: 5, pending: 1, failed: 2, skipped: 3, canceled: 1 },
      { succeeded: 1 },
    );
    expect(outcomeColumns(buckets)).toEqual([MIDDLES, [12, 1], [8, 1], [6, 1], [5, 1]]);
  });

  it('have a gap where nothing was attempted, and the threshold all along, if there is one', () => {
    const buckets = sampleBuckets({ attemptSuccessRate: 0.5 }, {});
    expect(successColumns(buckets, 95)).toEqual([MIDDLES, [50, null], [95, 95]]);
    expect(successColumns(buckets, null)).toEqual([MIDDLES, [50, null]]);
  });

  it('have no zero on a logarithmic scale', () => {
    const buckets = sampleBuckets({ p50Ms: 0, p95Ms: 20, p99Ms: 30 }, {});
    expect(latencyColumns(buckets)).toEqual([MIDDLES, [0.01, null], [20, null], [30, null]]);
  });
});

describe('a span chosen on a chart', () => {
  const buckets = sampleBuckets({}, {}, {});

  it.each([
    ['08:10', '08:20', '08:00', '09:00'],
    ['08:10', '09:00', '08:00', '09:00'],
    ['08:59', '09:01', '08:00', '10:00'],
    ['00:00', '23:00', '08:00', '11:00'],
  ])('from %s to %s takes the buckets from %s to %s', (from, to, first, last) => {
    expect(snapToBuckets(buckets, at(from), at(to))).toEqual({
      from: `2026-05-21T${first}:00.000Z`,
      to: `2026-05-21T${last}:00.000Z`,
    });
  });

  it('beyond all buckets is none', () => {
    expect(snapToBuckets(buckets, at('12:00'), at('13:00'))).toBeNull();
  });
});
