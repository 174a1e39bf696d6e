import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.js';

const NOW_MS = Date.UTC(2026, 10, 21, 8, 0, 0);
const YEAR_MS = 365 * 86_400_000;

describe('Retry-After', () => {
  it.each([
    ['0', 0],
    ['1', 1_000],
    [' 120 ', 120_000],
    ['99999999999999999999', YEAR_MS],
    ['Sat, 21 Nov 2026 08:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 08:01:00 GMT', 60_000],
    ['Sat Nov 21 08:02:00 2026', 120_000],
    ['Tue Dec  1 08:00:00 2026', 10 * 86_400_000],
    ['Sat, 21 Nov 2026 07:59:00 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', YEAR_MS],
  ])('%j means %d ms from now', (value, expected) => {
    expect(parseRetryAfter(value, NOW_MS)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    'soon',
    '2026-11-21T08:00:30Z',
    'Sat, 21 Foo 2026 08:00:30 GMT',
    'NaN',
    '5, 10',
  ])('%j is not understood', (value) => {
    expect(parseRetryAfter(value, NOW_MS)).toBeNull();
  });
});
