import { describe, expect, it } from 'vitest';
import { sampleHours } from '../../testing/sample-source.js';
import { barsOf, figuresOf } from './hour-bars.js';

describe('the bars of a source', () => {
  it('are as high as their share of the busiest hour, what was not accepted on top', () => {
    const bars = barsOf(sampleHours({ accepted: [30, 60], notAccepted: [0, 40] }), 100);
    expect(bars).toHaveLength(24);
    expect(bars.slice(-2)).toEqual([
      { x: 22, accepted: { y: 70, height: 30 }, notAccepted: { y: 70, height: 0 } },
      { x: 23, accepted: { y: 40, height: 60 }, notAccepted: { y: 0, height: 40 } },
    ]);
  });

  it('are seen however few they are, within the drawing', () => {
    const bars = barsOf(sampleHours({ accepted: [1, 100_000], notAccepted: [0, 1] }), 100);
    expect(bars.at(-2)?.accepted.height).toBe(2);
    expect(bars.at(-1)).toMatchObject({ notAccepted: { y: 0, height: 2 }, accepted: { y: 2, height: 98 } });
  });

  it('have no height when nothing came', () => {
    expect(barsOf(sampleHours(), 100).every(({ accepted }) => accepted.height === 0)).toBe(true);
  });
});

it('says the busiest and the last hour, and how many were not accepted', () => {
  const hours = sampleHours({ accepted: [30, 60, 5], notAccepted: [0, 40, 1] });
  expect(figuresOf(hours)).toEqual({ peak: 100, latest: 6, notAccepted: 41 });
  expect(figuresOf(sampleHours())).toEqual({ peak: 0, latest: 0, notAccepted: 0 });
});
