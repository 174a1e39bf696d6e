import { describe, expect, it } from 'vitest';
import { isCurrent, presetParameter, readRange, toRangeQuery } from './time-range.js';

const NOW_MS = Date.parse('2026-05-21T08:00:30.000Z');
const FROM = '2026-05-20T00:00:00.000Z';
const TO = '2026-05-20T02:00:00.000Z';

describe('the span of statistics', () => {
  it.each([
    ['nothing is named', { range: '', from: '', to: '' }, '24h'],
    ['a preset is named', { range: '7d', from: '', to: '' }, '7d'],
    ['no such preset exists', { range: '3y', from: '', to: '' }, '24h'],
    ['an end is missing', { range: '1h', from: FROM, to: '' }, '1h'],
    ['the end comes first', { range: '', from: TO, to: FROM }, '24h'],
    ['an instant is none', { range: '', from: 'yesterday', to: TO }, '24h'],
  ])('is a preset when %s', (_, values, preset) => {
    expect(readRange(values)).toEqual({ preset, from: '', to: '' });
  });

  it('is fixed when both ends are named', () => {
    expect(readRange({ range: '7d', from: FROM, to: TO })).toEqual({ preset: '', from: FROM, to: TO });
  });

  it.each([
    ['1h', { period: 'minute' }],
    ['24h', { period: 'hour' }],
    ['7d', { period: 'hour', from: '2026-05-14T09:00:30.000Z' }],
    ['30d', { period: 'day' }],
  ] as const)(
    'of %s is the service’s own, or begins so that the running hour is the last',
    (preset, query) => {
      expect(toRangeQuery({ preset, from: '', to: '' }, NOW_MS)).toEqual(query);
    },
  );

  it.each([
    ['2026-05-20T06:00:00.000Z', 'minute'],
    ['2026-05-20T06:00:00.001Z', 'hour'],
    ['2026-05-28T00:00:00.000Z', 'hour'],
    ['2026-06-20T00:00:00.000Z', 'day'],
    ['2028-06-20T00:00:00.000Z', 'month'],
  ])('that ends at %s is read by the %s', (to, period) => {
    expect(toRangeQuery({ preset: '', from: FROM, to }, NOW_MS)).toEqual({ period, from: FROM, to });
  });
});

it.each([
  ['a preset', { preset: '1h', from: '', to: '' }, true],
  ['a span that ends later', { preset: '', from: FROM, to: '2026-05-21T08:00:30.001Z' }, true],
  ['a span that is over', { preset: '', from: FROM, to: '2026-05-21T08:00:30.000Z' }, false],
] as const)('of %s says whether what happens now belongs to it', (_, range, expected) => {
  expect(isCurrent(range, NOW_MS)).toBe(expected);
});

it('does not name the default in the address', () => {
  expect(presetParameter('24h')).toBe('');
  expect(presetParameter('1h')).toBe('1h');
});
