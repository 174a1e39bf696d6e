import type { QuietHours } from '@im/contracts/api/quiet-hours';
import { weekdaySchema } from '@im/contracts/api/quiet-hours';
import { describe, expect, it } from 'vitest';
import { deferralBySeverity, quietUntil } from './quiet-hours.js';

function quiet(override: Partial<QuietHours> = {}): QuietHours {
  return {
    timeZone: 'Asia/Shanghai',
    from: '22:00',
    to: '08:00',
    days: weekdaySchema.options,
    allowCritical: true,
    ...override,
  };
}

const until = (hours: QuietHours | null, at: string) =>
  quietUntil(hours, new Date(at))?.toISOString() ?? null;

describe('quiet hours', () => {
  it.each([
    ['the minute before', '2030-06-15T21:59:59.999+08:00', null],
    ['from the first moment', '2030-06-15T22:00:00+08:00', '2030-06-16T00:00:00.000Z'],
    ['across midnight', '2030-06-16T03:00:00+08:00', '2030-06-16T00:00:00.000Z'],
    ['to the last moment', '2030-06-16T07:59:59.999+08:00', '2030-06-16T00:00:00.000Z'],
    ['not at the end', '2030-06-16T08:00:00+08:00', null],
    ['by day', '2030-06-16T12:00:00+08:00', null],
  ])('apply %s', (_when, at, end) => {
    expect(until(quiet(), at)).toBe(end);
  });

  it('within one day', () => {
    const lunch = quiet({ from: '12:00', to: '13:30' });
    expect(until(lunch, '2030-06-16T12:30:00+08:00')).toBe('2030-06-16T05:30:00.000Z');
    expect(until(lunch, '2030-06-16T23:00:00+08:00')).toBeNull();
  });

  it('where there are none nothing is quiet', () => {
    expect(until(null, '2030-06-16T03:00:00+08:00')).toBeNull();
  });

  // 2030-06-14 is a Friday.
  it.each([
    ['Friday night, which is one of them', '2030-06-14T23:00:00+08:00', '2030-06-15T00:00:00.000Z'],
    ['the Saturday morning after it', '2030-06-15T07:00:00+08:00', '2030-06-15T00:00:00.000Z'],
    ['Saturday night, which is none', '2030-06-15T23:00:00+08:00', null],
    ['Friday morning, after a Thursday that is none', '2030-06-14T07:00:00+08:00', null],
  ])('that begin on Fridays: %s', (_when, at, end) => {
    expect(until(quiet({ days: ['fri'] }), at)).toBe(end);
  });

  it('of whole days that follow each other end once', () => {
    const weekend = quiet({ from: '00:00', to: '00:00', days: ['sat', 'sun'] });
    expect(until(weekend, '2030-06-15T09:00:00+08:00')).toBe('2030-06-16T16:00:00.000Z');
    expect(until(weekend, '2030-06-17T00:00:00+08:00')).toBeNull();
  });

  it('of six days end, too', () => {
    const days = weekdaySchema.options.filter((day) => day !== 'sun');
    const hours = quiet({ from: '00:00', to: '00:00', days });
    expect(until(hours, '2030-06-10T00:00:00+08:00')).toBe('2030-06-15T16:00:00.000Z');
  });

  // Berlin: 2030-03-31 02:00 -> 03:00, 2030-10-27 03:00 -> 02:00.
  it.each([
    ['the night that is an hour short', '22:00', '08:00', '2030-03-30T22:00:00Z', '2030-03-31T06:00:00.000Z'],
    [
      'the night that is an hour longer',
      '22:00',
      '08:00',
      '2030-10-26T21:00:00Z',
      '2030-10-27T07:00:00.000Z',
    ],
    [
      'an end that the clock jumps over',
      '22:00',
      '02:30',
      '2030-03-31T00:59:00Z',
      '2030-03-31T01:30:00.000Z',
    ],
    [
      'an end that the clock shows twice',
      '22:00',
      '02:30',
      '2030-10-27T00:29:00Z',
      '2030-10-27T00:30:00.000Z',
    ],
    ['a beginning that the clock jumps over', '02:30', '06:00', '2030-03-31T01:29:00Z', null],
  ])('where the clock changes: %s', (_case, from, to, at, end) => {
    expect(until(quiet({ timeZone: 'Europe/Berlin', from, to }), at)).toBe(end);
  });

  it.each([
    ['Asia/Kathmandu', '2030-06-15T16:20:00Z', '2030-06-16T02:15:00.000Z'],
    ['America/St_Johns', '2030-06-16T00:31:00Z', '2030-06-16T10:30:00.000Z'],
    ['Pacific/Kiritimati', '2030-06-15T08:00:00Z', '2030-06-15T18:00:00.000Z'],
    ['UTC', '2030-06-15T22:00:00Z', '2030-06-16T08:00:00.000Z'],
  ])('go by the clock on the wall in %s', (timeZone, at, end) => {
    expect(until(quiet({ timeZone }), at)).toBe(end);
  });
});

it.each([
  [true, 'critical', null],
  [true, 'warning', '2030-06-16T00:00:00.000Z'],
  [false, 'critical', '2030-06-16T00:00:00.000Z'],
] as const)('with allowCritical %s news that is %s is deferred until %s', (allowCritical, severity, end) => {
  const deferredUntil = deferralBySeverity(quiet({ allowCritical }), new Date('2030-06-15T23:00:00+08:00'));
  expect(deferredUntil(severity)?.toISOString() ?? null).toBe(end);
});
