import { describe, expect, it } from 'vitest';
import { Pace } from './pace.js';

describe('Pace', () => {
  it.each([
    ['none yet', [], 5, 0],
    ['those of the running window', [0, 1, 2], 3, 3],
    ['those of the window before, while the running one has fewer', [0, 1, 2, 11], 12, 3],
    ['none after a whole window without calls', [0, 1, 2], 25, 0],
    ['one, when each comes alone', [0, 12, 24, 36], 37, 1],
  ])('is %s', (_, calls, at, expected) => {
    const pace = new Pace(10);
    for (const call of calls) pace.count(call);
    expect(pace.perWindow(at)).toBe(expected);
  });
});
