import { describe, expect, it } from 'vitest';
import {
  afterWrongTry,
  secondsBlocked,
  waitAfterMs,
  withoutTry,
  type ThrottleState,
} from './login-throttle.js';

const NOW_MS = Date.UTC(2026, 0, 1);

function state(override: Partial<ThrottleState> = {}): ThrottleState {
  return {
    throttleKey: 'email:ann@example.com',
    failures: 0,
    blockedUntil: null,
    updatedAt: new Date(NOW_MS),
    ...override,
  };
}

describe('the waiting time after wrong tries', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 2_000],
    [6, 4_000],
    [7, 8_000],
    [13, 512_000],
    [14, 900_000],
    [15, 900_000],
    [5_000, 900_000],
  ])('%i wrong tries: %i ms', (failures, expected) => {
    expect(waitAfterMs(failures, 5)).toBe(expected);
  });
});

describe('afterWrongTry', () => {
  it('counts on, and blocks from the fifth try of an account', () => {
    expect(afterWrongTry(state({ failures: 3 }), NOW_MS)).toEqual(state({ failures: 4 }));
    expect(afterWrongTry(state({ failures: 4 }), NOW_MS)).toEqual(
      state({ failures: 5, blockedUntil: new Date(NOW_MS + 2_000) }),
    );
  });

  it('gives an address, which many people may share, more tries', () => {
    const address = state({ throttleKey: 'ip:192.0.2.1', failures: 10 });
    expect(afterWrongTry(address, NOW_MS).blockedUntil).toBeNull();
    expect(afterWrongTry({ ...address, failures: 19 }, NOW_MS).blockedUntil).not.toBeNull();
  });

  it('starts again an hour after the last wrong try', () => {
    const old = state({ failures: 12, updatedAt: new Date(NOW_MS - 3_600_001) });
    expect(afterWrongTry(old, NOW_MS)).toEqual(state({ failures: 1 }));
  });
});

describe('withoutTry', () => {
  const counted = (failures: number) => {
    const before = state({ failures });
    return { before, after: afterWrongTry(before, NOW_MS) };
  };

  it('restores the state when there were no other tries', () => {
    const one = counted(4);
    expect(one.after.blockedUntil).not.toBeNull();
    expect(withoutTry(one.after, one)).toEqual(one.before);
  });

  it('leaves what others counted meanwhile', () => {
    const one = counted(2);
    const other = afterWrongTry(one.after, NOW_MS);
    expect(withoutTry(other, one)).toEqual(state({ failures: 3 }));
  });

  it('keeps a block that other tries justify, and ends one that they do not', () => {
    const one = counted(4);
    const [blocked, more] = [afterWrongTry(one.after, NOW_MS), afterWrongTry(counted(5).after, NOW_MS)];
    expect(withoutTry(blocked, one)).toMatchObject({ failures: 5, blockedUntil: blocked.blockedUntil });
    expect(withoutTry(more, counted(3))).toMatchObject({ failures: 6 });
    expect(withoutTry(state({ failures: 5, blockedUntil: new Date(NOW_MS + 1) }), counted(2))).toEqual(
      state({ failures: 4 }),
    );
  });

  it('does not count below zero when the state expired meanwhile', () => {
    expect(withoutTry(state(), counted(3))).toEqual(state());
  });
});

describe('secondsBlocked', () => {
  it.each([
    ['nothing known', [], 0],
    ['a block that is over', [state({ blockedUntil: new Date(NOW_MS) })], 0],
    ['rounds up', [state({ blockedUntil: new Date(NOW_MS + 1_001) })], 2],
    ['the longest counts', [state({ blockedUntil: new Date(NOW_MS + 9_000) }), state()], 9],
  ])('%s', (_, states, expected) => {
    expect(secondsBlocked(states, NOW_MS)).toBe(expected);
  });
});
