/** Writes instants in the viewer's zone. */
import { dateFormat, relativeFormat } from './intl-formats.js';
import { spaceUnits } from './space-units.js';

const RELATIVE_UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

const TO_THE_SECOND: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
};

/** English names the month: half of its readers take 11/12 for the day before the month, half for the month before the day. */
export function formatDate(date: Date, localeTag: string, options: Intl.DateTimeFormatOptions): string {
  const month = localeTag === 'en' ? 'short' : '2-digit';
  return dateFormat(localeTag, { ...options, month }).format(date);
}

export function formatInstant(instant: string, localeTag: string): string {
  return formatDate(new Date(instant), localeTag, TO_THE_SECOND);
}

/** The time of the day to the millisecond. */
export function formatTimeOfDay(instant: string, localeTag: string): string {
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return dateFormat(localeTag, { ...time, fractionalSecondDigits: 3 }).format(new Date(instant));
}

export function formatDay(instant: string, localeTag: string): string {
  return formatDate(new Date(instant), localeTag, { year: 'numeric', day: '2-digit', weekday: 'long' });
}

/** To the millisecond with the zone's name, and the same in UTC as the API writes it. */
export function formatExactInstant(instant: string, localeTag: string): string {
  const date = new Date(instant);
  const local = formatDate(date, localeTag, {
    ...TO_THE_SECOND,
    fractionalSecondDigits: 3,
    timeZoneName: 'short',
  });
  return `${local}\n${date.toISOString()}`;
}

/** "3 minutes ago", "in 20 seconds"; beyond a week the plain date says more. */
export function formatRelative(instant: string, nowMs: number, localeTag: string): string {
  const distanceMs = Date.parse(instant) - nowMs;
  if (Math.abs(distanceMs) > 7 * 86_400_000) return formatInstant(instant, localeTag);
  const format = relativeFormat(localeTag);
  for (const [unit, sizeMs] of RELATIVE_UNITS) {
    if (Math.abs(distanceMs) >= sizeMs)
      return spaceUnits(format.format(Math.trunc(distanceMs / sizeMs), unit));
  }
  return format.format(0, 'second');
}
