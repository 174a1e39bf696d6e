import { expect, it } from 'vitest';
import { isUseToBeNoted } from './session-lifetime.js';

const NOW_MS = Date.UTC(2026, 0, 1);

it.each([
  ['never noted', null, true],
  ['noted 59 s ago', new Date(NOW_MS - 59_000), false],
  ['noted a minute ago', new Date(NOW_MS - 60_000), true],
])('use is noted at most once a minute: %s', (_, lastNotedAt, expected) => {
  expect(isUseToBeNoted(lastNotedAt, NOW_MS)).toBe(expected);
});
