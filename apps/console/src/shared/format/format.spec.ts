import { describe, expect, it } from 'vitest';
import { formatDurationMs, formatDurationShort } from './duration.js';
import { formatDay, formatExactInstant, formatInstant, formatRelative, formatTimeOfDay } from './instant.js';
import { formatRate } from './number.js';

describe('formatDurationMs', () => {
  it.each([
    [0, '0 ms'],
    [350.4, '350 ms'],
    [1_240, '1.2 sec'],
    [45_000, '45 sec'],
    [150_000, '2 min 30 sec'],
    [7_200_000, '2 hr'],
    [90_061_000, '1 day 1 hr'],
  ])('writes %i ms as %s', (durationMs, expected) => {
    expect(formatDurationMs(durationMs, 'en')).toBe(expected);
  });
});

describe('formatDurationShort', () => {
  it.each([
    [12.4, '12 ms'],
    [999, '999 ms'],
    [1_000, '1.0 s'],
    [3_049, '3.0 s'],
    [150_000, '2 min 30 sec'],
  ])('writes %i ms as %s', (durationMs, expected) => {
    expect(formatDurationShort(durationMs, 'en')).toBe(expected);
  });
});

describe('the time of a log row', () => {
  const instant = new Date(2026, 10, 30, 9, 4, 5, 67).toISOString();
  it.each([
    ['zh-CN', '09:04:05.067', '2026年11月30日星期一'],
    ['en', '09:04:05.067', 'Monday, 30 Nov 2026'],
  ])('is written in %s to the millisecond, below its day', (localeTag, time, day) => {
    expect(formatTimeOfDay(instant, localeTag)).toBe(time);
    expect(formatDay(instant, localeTag)).toBe(day);
  });
});

describe('formatRate', () => {
  it.each([
    [1, '100%'],
    [0.9999, '99.9%'],
    [0.5, '50%'],
    [0, '0%'],
  ])('never rounds %d up to success', (rate, expected) => {
    expect(formatRate(rate, 'en')).toBe(expected);
  });
});

describe('formatInstant', () => {
  // Without an offset: the viewer's own time.
  const instant = new Date('2026-11-29T22:48:36.193').toISOString();

  it.each([
    ['en', '29 Nov 2026, 22:48:36'],
    ['zh-CN', '2026/11/29 22:48:36'],
  ])('in %s reads %s', (localeTag, expected) => {
    expect(formatInstant(instant, localeTag)).toBe(expected);
  });

  it('shows milliseconds in the precise form', () => {
    expect(formatExactInstant(instant, 'en')).toContain('29 Nov 2026, 22:48:36.193');
    expect(formatExactInstant(instant, 'en')).toContain(instant);
  });
});

describe('formatRelative', () => {
  const now = Date.parse('2026-05-21T08:00:00Z');

  it.each([
    ['2026-05-21T08:00:00Z', 'now'],
    ['2026-05-21T07:57:00Z', '3 minutes ago'],
    ['2026-05-21T08:00:20Z', 'in 20 seconds'],
    ['2026-05-19T08:00:00Z', '2 days ago'],
  ])('writes %s as %s', (instant, expected) => {
    expect(formatRelative(instant, now, 'en')).toBe(expected);
  });

  it('gives the date beyond a week', () => {
    expect(formatRelative('2026-01-01T12:00:00Z', now, 'en')).toContain('2026');
  });
});
