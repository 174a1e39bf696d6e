import { describe, expect, it } from 'vitest';
import { LanePace } from './lane-pace.js';

/** Answers as they come while the lane is used up. */
function answers(pace: LanePace, count: number, durationMs = 5, isOverloaded = false): void {
  for (let n = 0; n < count; n += 1) pace.answered(durationMs, isOverloaded, pace.inFlightLimit);
}

describe('the pace of a webhook', () => {
  it('grows with each answer while it is used up, to a bound', () => {
    const pace = new LanePace();
    const before = pace.inFlightLimit;
    answers(pace, 10);
    expect(pace.inFlightLimit).toBe(before + 10);
    answers(pace, 10_000);
    expect(pace.inFlightLimit).toBe(256);
  });

  it('stays while less is under way than allowed', () => {
    const pace = new LanePace();
    const before = pace.inFlightLimit;
    for (let n = 0; n < 100; n += 1) pace.answered(5, false, 1);
    expect(pace.inFlightLimit).toBe(before);
  });

  it('is halved by each sign of overload, and never ends', () => {
    const pace = new LanePace();
    const before = pace.inFlightLimit;
    answers(pace, 1, 5, true);
    expect(pace.inFlightLimit).toBe(before / 2);
    answers(pace, 50, 5, true);
    expect(pace.inFlightLimit).toBe(1);
  });

  it('begins with one at a time after a pause and doubles with each round', () => {
    const pace = new LanePace();
    pace.restart();
    expect(pace.inFlightLimit).toBe(1);
    for (const expected of [2, 4, 8, 16]) {
      answers(pace, pace.inFlightLimit);
      expect(pace.inFlightLimit).toBe(expected);
    }
  });

  it('calls a webhook slow from its first slow answer on, until three in a row were quick', () => {
    const pace = new LanePace();
    pace.answered(1_000, false, 1);
    expect(pace.isSlow).toBe(true);
    answers(pace, 2);
    expect(pace.isSlow).toBe(true);
    pace.answered(2_000, false, 1);
    answers(pace, 2);
    expect(pace.isSlow).toBe(true);
    answers(pace, 1);
    expect(pace.isSlow).toBe(false);
  });
});
