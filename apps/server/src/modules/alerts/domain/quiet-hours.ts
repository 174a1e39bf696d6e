/** Computes when quiet hours end, on the wall clock of their time zone, across midnight and clock changes. */
import type { AlertSeverity } from '@im/contracts/api/alerts';
import { weekdaySchema, type QuietHours } from '@im/contracts/api/quiet-hours';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Adjoining quiet hours are merged. At least one day a week has none, so they end. */
const MAX_PERIODS = 8;

interface Period {
  startMs: number;
  endMs: number;
}

/** @returns their end; null: it is not quiet at that instant */
export function quietUntil(quietHours: QuietHours | null, at: Date): Date | null {
  if (!quietHours) return null;
  const clock = wallClockOf(quietHours.timeZone);
  let endMs: number | null = null;
  for (let count = 0; count < MAX_PERIODS; count += 1) {
    const period = periodAround(quietHours, clock, endMs ?? at.getTime());
    if (!period) break;
    endMs = period.endMs;
  }
  return endMs === null ? null : new Date(endMs);
}

/** @returns until when notices of a severity are deferred, computed once for many */
export function deferralBySeverity(
  quietHours: QuietHours | null,
  at: Date,
): (severity: AlertSeverity) => Date | null {
  const until = quietUntil(quietHours, at);
  return (severity) => (severity === 'critical' && quietHours?.allowCritical === true ? null : until);
}

function periodAround(quietHours: QuietHours, clock: WallClock, atMs: number): Period | undefined {
  const today = Math.floor((atMs + clock.offsetMs(atMs)) / DAY_MS) * DAY_MS;
  return [today - DAY_MS, today]
    .filter((day) => quietHours.days.some((name) => name === weekdayOf(day)))
    .map((day) => periodOf(quietHours, clock, day))
    .find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
}

/** @param day the date on the wall, as if it were one in UTC */
function periodOf({ from, to }: QuietHours, clock: WallClock, day: number): Period {
  const endDay = minutesOf(to) <= minutesOf(from) ? day + DAY_MS : day;
  return {
    startMs: clock.instantMs(day + minutesOf(from) * MINUTE_MS),
    endMs: clock.instantMs(endDay + minutesOf(to) * MINUTE_MS),
  };
}

function minutesOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return hours * 60 + minutes;
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): string | undefined {
  return weekdaySchema.options[(((day / DAY_MS + 3) % 7) + 7) % 7];
}

interface WallClock {
  /** How far the wall clock is ahead of UTC at an instant. */
  offsetMs: (atMs: number) => number;
  /**
   * The instant at which the wall clock shows a time: the first one when it shows it twice; when the clock jumps over
   * it, as late as if it had not jumped.
   */
  instantMs: (wallMs: number) => number;
}

function wallClockOf(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetMs = (atMs: number): number => {
    const whole = Math.floor(atMs / 1_000) * 1_000;
    const parts = new Map(format.formatToParts(whole).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const wall = Date.UTC(part('year'), part('month') - 1, part('day'));
    return wall + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1_000 - whole;
  };
  const instantMs = (wallMs: number): number => {
    const before = wallMs - offsetMs(wallMs - DAY_MS);
    const after = wallMs - offsetMs(wallMs + DAY_MS);
    const shown = [before, after].filter((atMs) => atMs + offsetMs(atMs) === wallMs);
    return shown.length > 0 ? Math.min(...shown) : before;
  };
  return { offsetMs, instantMs };
}
