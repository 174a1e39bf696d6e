import { describe, expect, it } from 'vitest';
import { LanePace, type AttemptEnd } from './lane-pace.js';

const answer = { durationMs: 5, isAnswered: true, isOverloaded: false };

/** Answers as they come while the lane is used up. */
function answers(pace: LanePace, count: number, override: Partial<AttemptEnd> = {}): void {
  for (let n = 0; n < count; n += 1) pace.ended({ ...answer, ...override }, pace.inFlightLimit);
}

/** The pace of a webhook that has answered before. */
function provenPace(): LanePace {
  const pace = new LanePace();
  pace.ended(answer, 1);
  return pace;
}

describe('the pace of a webhook', () => {
  it('grows with each answer while it is used up, to a bound', () => {
    const pace = provenPace();
    const before = pace.inFlightLimit;
    answers(pace, 10);
    expect(pace.inFlightLimit).toBe(before + 10);
    answers(pace, 10_000);
    expect(pace.inFlightLimit).toBe(256);
  });

  it('stays while less is under way than allowed', () => {
    const pace = provenPace();
    const before = pace.inFlightLimit;
    for (let n = 0; n < 100; n += 1) pace.ended(answer, 1);
    expect(pace.inFlightLimit).toBe(before);
  });

  it('is halved by each sign of overload, and never ends', () => {
    const pace = provenPace();
    const before = pace.inFlightLimit;
    answers(pace, 1, { isOverloaded: true });
    expect(pace.inFlightLimit).toBe(before / 2);
    answers(pace, 50, { isOverloaded: true });
    expect(pace.inFlightLimit).toBe(1);
  });

  it('begins with one at a time after a pause and doubles with each round', () => {
    const pace = provenPace();
    pace.restart();
    expect(pace.inFlightLimit).toBe(1);
    for (const expected of [2, 4, 8, 16]) {
      answers(pace, pace.inFlightLimit);
      expect(pace.inFlightLimit).toBe(expected);
    }
  });

  it('calls a webhook slow from its first slow answer on, until three in a row were quick', () => {
    const pace = new LanePace();
    pace.ended({ ...answer, durationMs: 1_000 }, 1);
    expect(pace.isSlow).toBe(true);
    answers(pace, 2);
    expect(pace.isSlow).toBe(true);
    pace.ended({ ...answer, durationMs: 2_000 }, 1);
    answers(pace, 2);
    expect(pace.isSlow).toBe(true);
    answers(pace, 1);
    expect(pace.isSlow).toBe(false);
  });

  it('keeps a webhook on trial until its first answer: few at once, more once it counts among the slow ones', () => {
    const pace = new LanePace();
    expect(pace).toMatchObject({ hasAnswered: false, inFlightLimit: 2 });
    pace.markSlow();
    expect(pace).toMatchObject({ hasAnswered: false, inFlightLimit: 32 });
    pace.ended({ ...answer, isAnswered: false, isOverloaded: true, durationMs: 10_000 }, 1);
    expect(pace).toMatchObject({ hasAnswered: false, inFlightLimit: 16 });
    pace.ended(answer, 1);
    expect(pace).toMatchObject({ hasAnswered: true, inFlightLimit: 16 });
  });

  it('puts a webhook on trial again when it leads to another receiver', () => {
    const pace = provenPace();
    pace.beginTrial();
    expect(pace).toMatchObject({ hasAnswered: false, inFlightLimit: 2 });
  });
});
