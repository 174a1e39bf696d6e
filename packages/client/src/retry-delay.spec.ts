import { expect, it } from 'vitest';
import { retryDelayMs, type FailedTry } from './retry-delay.js';

const LIMITS = { retries: 4, maxRetryAfterMs: 60_000 };
const NOW = Date.parse('2026-11-30T12:00:00Z');
const failed: FailedTry = { attempt: 1, status: null, retryAfter: null, isRepeatable: true };

function delaysOf(override: Partial<FailedTry>): (number | null)[] {
  return [0, 1].map((random) => retryDelayMs({ ...failed, ...override }, LIMITS, NOW, () => random));
}

it.each<[string, Partial<FailedTry>, shortest: number | null, longest: number | null]>([
  ['no answer', {}, 100, 200],
  ['no answer again', { attempt: 3 }, 400, 800],
  ['no answer to what may be done twice', { isRepeatable: false }, null, null],
  ['no answer too often', { attempt: 5 }, null, null],
  ['a 502', { status: 502 }, 100, 200],
  ['a 502 of what may be done twice', { status: 502, isRepeatable: false }, null, null],
  ['a 503: nothing was done', { status: 503, isRepeatable: false }, 100, 200],
  ['a 429 with seconds', { status: 429, retryAfter: '3' }, 3_000, 3_300],
  ['a 429 with a date', { status: 429, retryAfter: 'Mon, 30 Nov 2026 12:00:02 GMT' }, 2_000, 2_200],
  ['a 429 with a date that is over', { status: 429, retryAfter: 'Mon, 30 Nov 2026 11:00:00 GMT' }, 0, 20],
  ['a 429 with no sense', { status: 429, retryAfter: 'soon' }, 100, 200],
  ['a 429 that asks for too long', { status: 429, retryAfter: '61' }, null, null],
  ['a 404', { status: 404 }, null, null],
  ['a 422', { status: 422 }, null, null],
])('%s', (_, override, shortest, longest) => {
  expect(delaysOf(override)).toEqual([shortest, longest]);
});

it('never waits longer than ten seconds by itself', () => {
  expect(retryDelayMs({ ...failed, attempt: 20 }, { ...LIMITS, retries: 50 }, NOW, () => 1)).toBe(10_000);
});
