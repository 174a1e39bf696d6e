import { describe, expect, it } from 'vitest';
import { durationOf, percentileOf, RELATIVE_ERROR } from './duration-histogram.js';

const HISTOGRAM = { bins: [10, 50, 90], binCounts: [5, 4, 1] };

describe('a percentile of durations', () => {
  it.each([
    [0.1, 10],
    [0.5, 10],
    [0.51, 50],
    [0.9, 50],
    [0.91, 90],
    [1, 90],
  ])('is the one at the nearest rank: %d', (q, bin) => {
    expect(percentileOf(HISTOGRAM, q)).toBe(durationOf(bin));
  });

  it('of nothing is nothing', () => {
    expect(percentileOf({ bins: [], binCounts: [] }, 0.95)).toBeNull();
  });
});

it('says of each bin a duration that is within the error of both of its edges', () => {
  const gamma = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
  for (let bin = -115; bin <= 400; bin++) {
    for (const edge of [gamma ** (bin - 1), gamma ** bin]) {
      expect(Math.abs(durationOf(bin) - edge) / edge).toBeLessThanOrEqual(RELATIVE_ERROR + 1e-9);
    }
  }
});
