import { expect, it } from 'vitest';
import { noCauses } from './no-causes.js';

it.each([
  [false, null, 'none'],
  [false, 1, 'none'],
  [false, 0.99, 'recovered'],
  [true, 1, 'partial'],
  [true, 0.5, 'partial'],
] as const)(
  'where no cause was found, partial: %s, success rate: %s, it is %s',
  (isPartial, rate, expected) => {
    expect(noCauses({ isPartial }, rate)).toBe(expected);
  },
);
