/** Writes a time on an axis: the time of day on short spans, the day on long ones. */
import { formatDate } from '../format/instant.js';
import { dateFormat } from '../format/intl-formats.js';

const DAY_MS = 86_400_000;
/** Up to it the time of day says enough. */
const ONE_DAY_MS = 1.5 * DAY_MS;
const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };

export function formatTick(
  atMs: number,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  localeTag: string,
): string {
  const at = new Date(atMs);
  const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
  const isDay = toMs - fromMs > ONE_DAY_MS ? isMidnight : isMidnight && atMs > fromMs;
  return isDay || toMs - fromMs > 8 * DAY_MS
    ? formatDate(at, localeTag, { day: '2-digit' })
    : dateFormat(localeTag, TIME).format(at);
}

/** A bucket in a table: its day and the time at which it begins. */
export function formatBucketStart(instant: string, bucketMs: number, localeTag: string): string {
  // A day on which the clock changes is an hour shorter or longer.
  const isTimed = bucketMs < DAY_MS - 3_600_000;
  return formatDate(new Date(instant), localeTag, { year: 'numeric', day: '2-digit', ...(isTimed && TIME) });
}
