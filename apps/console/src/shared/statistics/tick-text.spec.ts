import { expect, it } from 'vitest';
import { formatBucketStart, formatTick } from './tick-text.js';

// Without an offset: the viewer's own time.
const ms = (local: string) => new Date(local).getTime();
const FROM_MS = ms('2026-05-20T00:00');

it.each([
  ['2026-05-20T08:30', 24, '08:30', '08:30'],
  ['2026-05-20T00:00', 6, '00:00', '00:00'],
  ['2026-05-21T00:00', 30, '05/21', '21 May'],
  ['2026-05-21T00:00', 7 * 24, '05/21', '21 May'],
  ['2026-05-21T12:00', 7 * 24, '12:00', '12:00'],
  ['2026-05-21T12:00', 30 * 24, '05/21', '21 May'],
])('writes %s on an axis of %i hours as %s or %s', (at, hours, zh, en) => {
  const span = { fromMs: FROM_MS, toMs: FROM_MS + hours * 3_600_000 };
  expect(formatTick(ms(at), span, 'zh-CN')).toBe(zh);
  expect(formatTick(ms(at), span, 'en')).toBe(en);
});

it.each([
  [60_000, '2026/05/20 08:30', '20 May 2026, 08:30'],
  [86_400_000, '2026/05/20', '20 May 2026'],
  [23 * 3_600_000, '2026/05/20', '20 May 2026'],
])('names a bucket of %i ms by %s or %s', (bucketMs, zh, en) => {
  const at = new Date('2026-05-20T08:30').toISOString();
  expect(formatBucketStart(at, bucketMs, 'zh-CN')).toBe(zh);
  expect(formatBucketStart(at, bucketMs, 'en')).toBe(en);
});
