import { expect, it } from 'vitest';
import { formatBucketStart, formatTick } from './tick-text.js';

// Without an offset: the viewer's own time.
const ms = (local: string) => new Date(local).getTime();
const FROM_MS = ms('2026-05-20T00:00');

it.each([
  ['2026-05-20T08:30', 24, '08:30'],
  ['2026-05-20T00:00', 6, '00:00'],
  ['2026-05-21T00:00', 30, '5/21'],
  ['2026-05-21T00:00', 7 * 24, '5/21'],
  ['2026-05-21T12:00', 7 * 24, '12:00'],
  ['2026-05-21T12:00', 30 * 24, '5/21'],
])('writes %s on an axis of %i hours as %s', (at, hours, text) => {
  expect(formatTick(ms(at), { fromMs: FROM_MS, toMs: FROM_MS + hours * 3_600_000 }, 'zh-CN')).toBe(text);
});

it.each([
  [60_000, '2026/05/20 08:30'],
  [86_400_000, '2026/05/20'],
  [23 * 3_600_000, '2026/05/20'],
])('names a bucket of %i ms by %s', (bucketMs, text) => {
  const at = new Date('2026-05-20T08:30').toISOString();
  expect(formatBucketStart(at, bucketMs, 'zh-CN')).toBe(text);
});
