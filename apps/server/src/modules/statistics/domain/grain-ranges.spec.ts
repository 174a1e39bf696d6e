import { describe, expect, it } from 'vitest';
import { coverBuckets } from './grain-ranges.js';

const at = (text: string) => Date.parse(`2026-${text}Z`);

function covered(starts: string[], end: string): string[] {
  return coverBuckets(starts.map(at), at(end)).map(
    ({ grainMinutes, fromMs, toMs }) =>
      `${String(grainMinutes)} ${new Date(fromMs).toISOString().slice(5, 16)} ${new Date(toMs).toISOString().slice(5, 16)}`,
  );
}

describe('the rows that cover buckets', () => {
  it.each([
    ['days of UTC', ['03-01T00:00', '03-02T00:00'], '03-03T00:00', ['1440 03-01T00:00 03-03T00:00']],
    ['hours', ['03-01T05:00', '03-01T06:00'], '03-01T07:00', ['60 03-01T05:00 03-01T07:00']],
    [
      'days of a zone that is hours ahead',
      ['02-28T16:00', '03-01T16:00'],
      '03-02T16:00',
      ['240 02-28T16:00 03-02T16:00'],
    ],
    [
      'months of a zone that is hours ahead',
      ['01-31T16:00', '02-28T16:00'],
      '03-31T16:00',
      [
        '240 01-31T16:00 02-01T00:00',
        '1440 02-01T00:00 02-28T00:00',
        '240 02-28T00:00 03-01T00:00',
        '1440 03-01T00:00 03-31T00:00',
        '240 03-31T00:00 03-31T16:00',
      ],
    ],
    [
      'days of a zone that is half an hour off',
      ['02-28T18:30', '03-01T18:30'],
      '03-02T18:30',
      [
        '15 02-28T18:30 02-28T19:00',
        '60 02-28T19:00 02-28T20:00',
        '240 02-28T20:00 03-01T16:00',
        '60 03-01T16:00 03-01T18:00',
        '15 03-01T18:00 03-01T19:00',
        '60 03-01T19:00 03-01T20:00',
        '240 03-01T20:00 03-02T16:00',
        '60 03-02T16:00 03-02T18:00',
        '15 03-02T18:00 03-02T18:30',
      ],
    ],
    ['quarters', ['03-01T05:15'], '03-01T05:45', ['15 03-01T05:15 03-01T05:45']],
  ])('%s', (_what, starts, end, expected) => {
    expect(covered(starts, end)).toEqual(expected);
  });
});
