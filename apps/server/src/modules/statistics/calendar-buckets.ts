/** Computes the minutes, hours, days, weeks (ISO: from Monday) and months of a time zone, as instants. */
import { Temporal } from 'temporal-polyfill';
import type { StatisticsPeriod } from '@im/contracts/api/statistics';

/** A minute is the same everywhere. */
type CalendarPeriod = Exclude<StatisticsPeriod, 'minute'>;

const MINUTES_PER_HOUR = 60;
const MINUTE_MS = 60_000;

/** @returns when the bucket begins in which an instant lies, Unix milliseconds */
export function bucketStart(atMs: number, period: StatisticsPeriod, timeZone: string): number {
  if (period === 'minute') return Math.floor(atMs / MINUTE_MS) * MINUTE_MS;
  return startOf(zonedAt(atMs, timeZone), period).epochMilliseconds;
}

/** @param startMs where a bucket begins @returns where it ends, and the next begins */
export function bucketEnd(startMs: number, period: StatisticsPeriod, timeZone: string): number {
  if (period === 'minute') return startMs + MINUTE_MS;
  const start = zonedAt(startMs, timeZone);
  return (period === 'hour' ? endOfHour(start) : startOfDayAfter(start, period, 1)).epochMilliseconds;
}

/** @param startMs where a bucket begins @returns the start of an earlier bucket */
export function bucketBefore(
  startMs: number,
  count: number,
  period: StatisticsPeriod,
  timeZone: string,
): number {
  if (period === 'minute') return startMs - count * MINUTE_MS;
  const start = zonedAt(startMs, timeZone);
  const earlier =
    period === 'hour'
      ? startOf(start.subtract({ hours: count }), period)
      : startOfDayAfter(start, period, -count);
  return earlier.epochMilliseconds;
}

function zonedAt(ms: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
}

function startOf(at: Temporal.ZonedDateTime, period: CalendarPeriod): Temporal.ZonedDateTime {
  switch (period) {
    case 'hour':
      return startOfHour(at);
    case 'day':
      return at.startOfDay();
    case 'week':
      return at.subtract({ days: at.dayOfWeek - 1 }).startOfDay();
    case 'month':
      return at.with({ day: 1 }).startOfDay();
  }
}

/** A day need not begin at midnight: where the clock is put ahead then, it begins later. */
function startOfDayAfter(
  start: Temporal.ZonedDateTime,
  period: Exclude<CalendarPeriod, 'hour'>,
  count: number,
): Temporal.ZonedDateTime {
  return start.add({ [`${period}s`]: count }).startOfDay();
}

/** When the clock changes by half an hour, the hour of the change is split in two. */
function startOfHour(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const full = at.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const change = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const isCut = change && Temporal.ZonedDateTime.compare(change, full) > 0 && change.minute !== 0;
  return isCut ? change : full;
}

function endOfHour(start: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  return start.add({ minutes: MINUTES_PER_HOUR - start.minute });
}
