import { describe, expect, it } from 'vitest';
import type { StatisticsPeriod } from '@im/contracts/api/statistics';
import { bucketBefore, bucketEnd, bucketStart } from './calendar-buckets.js';

/** The edges of the buckets from the one that contains an instant, until one begins at or after another instant. */
function edges(period: StatisticsPeriod, timeZone: string, from: string, to: string): string[] {
  const found = [bucketStart(Date.parse(from), period, timeZone)];
  while (found.at(-1)! < Date.parse(to)) found.push(bucketEnd(found.at(-1)!, period, timeZone));
  return found.map((ms) => new Date(ms).toISOString().replace(':00.000Z', 'Z'));
}

describe('the buckets of a time zone', () => {
  it.each<[string, StatisticsPeriod, string, string, string, string[]]>([
    [
      'days in China',
      'day',
      'Asia/Shanghai',
      '2026-03-01T17:00Z',
      '2026-03-02T16:00Z',
      ['2026-03-01T16:00Z', '2026-03-02T16:00Z'],
    ],
    [
      'hours in India',
      'hour',
      'Asia/Kolkata',
      '2026-03-01T10:00Z',
      '2026-03-01T10:31Z',
      ['2026-03-01T09:30Z', '2026-03-01T10:30Z', '2026-03-01T11:30Z'],
    ],
    [
      'weeks begin on Monday',
      'week',
      'UTC',
      '2026-03-01T23:59Z',
      '2026-03-09T00:00Z',
      ['2026-02-23T00:00Z', '2026-03-02T00:00Z', '2026-03-09T00:00Z'],
    ],
    [
      'months of their own length',
      'month',
      'Asia/Tokyo',
      '2028-02-15T00:00Z',
      '2028-03-01T00:00Z',
      ['2028-01-31T15:00Z', '2028-02-29T15:00Z', '2028-03-31T15:00Z'],
    ],
    [
      'a day of 23 hours',
      'day',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-27T23:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z', '2026-03-30T22:00Z'],
    ],
    [
      'a day of 25 hours',
      'day',
      'America/New_York',
      '2026-11-01T12:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    ],
    [
      'the hour that comes twice',
      'hour',
      'Europe/Berlin',
      '2026-10-25T00:30Z',
      '2026-10-25T02:00Z',
      ['2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
    ],
    [
      'a day that begins at one o’clock, since midnight is skipped',
      'day',
      'Asia/Beirut',
      '2026-03-29T12:00Z',
      '2026-03-29T21:00Z',
      ['2026-03-28T22:00Z', '2026-03-29T21:00Z'],
    ],
    [
      'the clock put on by half an hour',
      'hour',
      'Australia/Lord_Howe',
      '2026-10-03T15:00Z',
      '2026-10-03T17:00Z',
      ['2026-10-03T14:30Z', '2026-10-03T15:30Z', '2026-10-03T16:00Z', '2026-10-03T17:00Z'],
    ],
    [
      'the clock put back by half an hour',
      'hour',
      'Australia/Lord_Howe',
      '2026-04-04T14:30Z',
      '2026-04-04T16:30Z',
      ['2026-04-04T14:00Z', '2026-04-04T15:00Z', '2026-04-04T15:30Z', '2026-04-04T16:30Z'],
    ],
  ])('%s', (_what, period, timeZone, from, to, expected) => {
    expect(edges(period, timeZone, from, to)).toEqual(expected);
  });

  it('are the same from any instant of a bucket', () => {
    const zones = ['UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Africa/Cairo'];
    for (const timeZone of zones) {
      for (const period of ['hour', 'day', 'week', 'month'] as const) {
        for (let at = Date.UTC(2026, 2, 20), end = Date.UTC(2026, 4, 5); at < end; at += 197 * 60_000) {
          const start = bucketStart(at, period, timeZone);
          const stop = bucketEnd(start, period, timeZone);
          expect(start).toBeLessThanOrEqual(at);
          expect(stop).toBeGreaterThan(at);
          expect(bucketStart(stop, period, timeZone)).toBe(stop);
          expect(bucketStart(stop - 1, period, timeZone)).toBe(start);
        }
      }
    }
  });

  it.each<[StatisticsPeriod, string, string, number, string]>([
    ['minute', 'Asia/Kolkata', '2026-03-29T05:01Z', 61, '2026-03-29T04:00Z'],
    ['hour', 'Europe/Berlin', '2026-03-29T05:00Z', 23, '2026-03-28T06:00Z'],
    ['day', 'Europe/Berlin', '2026-03-30T22:00Z', 2, '2026-03-28T23:00Z'],
    ['week', 'UTC', '2026-01-05T00:00Z', 1, '2025-12-29T00:00Z'],
    ['month', 'America/New_York', '2026-03-01T05:00Z', 12, '2025-03-01T05:00Z'],
    ['month', 'America/New_York', '2026-04-01T04:00Z', 1, '2026-03-01T05:00Z'],
  ])('are counted back: %s in %s before %s', (period, timeZone, start, count, expected) => {
    expect(bucketBefore(Date.parse(start), count, period, timeZone)).toBe(Date.parse(expected));
  });
});
