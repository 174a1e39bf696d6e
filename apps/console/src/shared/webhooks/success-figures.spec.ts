import { describe, expect, it } from 'vitest';
import { sampleStats } from '../../testing/sample-webhook.js';
import { isBadRate, successFiguresOf } from './success-figures.js';

describe('the figures of success', () => {
  it.each([
    ['nothing was delivered', {}, [null, 'nothing'], [null, 'nothing']],
    ['everything waits for its first attempt', { total: 3, pending: 3 }, [null, 'untried'], [null, 'recent']],
    ['everything was skipped', { total: 3 }, [null, 'canceled'], [null, 'canceled']],
    [
      'what was tried a moment ago arrived',
      { total: 2, succeeded: 2, attemptSuccessRate: 1 },
      [1, null],
      [null, 'recent'],
    ],
    [
      'what was tried arrived, and more waits',
      { total: 9, succeeded: 2, pending: 7, attemptSuccessRate: 1, deliveredRate: 2 / 9 },
      [1, 'waiting'],
      [2 / 9, null],
    ],
    [
      'everything arrived',
      { total: 9, succeeded: 9, attemptSuccessRate: 1, deliveredRate: 1 },
      [1, null],
      [1, null],
    ],
  ])('where %s', (_, stats, attempts, delivered) => {
    const figures = successFiguresOf(sampleStats(stats));
    expect(figures.map(({ rate, remark }) => [rate, remark])).toEqual([attempts, delivered]);
  });

  it.each([
    [null, false],
    [1, false],
    [0.95, false],
    [0.949, true],
    [0, true],
  ])('a rate of %s is bad: %s', (rate, isBad) => {
    expect(isBadRate(rate)).toBe(isBad);
  });
});
