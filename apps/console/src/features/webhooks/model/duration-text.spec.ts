import { describe, expect, it } from 'vitest';
import { parseDuration, parseDurations, writeDuration, writeDurations } from './duration-text.js';

describe('parseDuration', () => {
  it.each([
    ['200ms', 200],
    ['5s', 5_000],
    [' 2 m ', 120_000],
    ['1.5h', 5_400_000],
    ['1D', 86_400_000],
    ['5', null],
    ['-5s', null],
    ['soon', null],
    ['', null],
  ])('reads %j as %j', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('parseDurations', () => {
  it.each([
    ['5s, 30s', [5_000, 30_000]],
    ['5s，30s；2m', [5_000, 30_000, 120_000]],
    ['5s, later', null],
    [' , ', null],
  ])('reads %j as %j', (text, expected) => {
    expect(parseDurations(text)).toEqual(expected);
  });

  it('reads back what it wrote', () => {
    const durations = [50, 90_000, 120_000, 7_200_000, 86_400_000];
    expect(writeDurations(durations)).toBe('50ms, 90s, 2m, 2h, 1d');
    expect(parseDurations(writeDurations(durations))).toEqual(durations);
  });

  it('writes nothing as 0ms', () => {
    expect(writeDuration(0)).toBe('0ms');
  });
});
