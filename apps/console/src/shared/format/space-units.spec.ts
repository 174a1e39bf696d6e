import { expect, it } from 'vitest';
import { spaceUnits } from './space-units.js';

it.each([
  ['27秒钟前', '27 秒钟前'],
  ['1.5秒', '1.5 秒'],
  ['5 min ago', '5 min ago'],
  ['昨天', '昨天'],
])('writes %s as %s', (text, expected) => {
  expect(spaceUnits(text)).toBe(expected);
});
