/** Parses `Retry-After` (RFC 9110, 10.2.3): seconds, or one of the three forms of an HTTP date. */

const MAX_RETRY_AFTER_MS = 365 * 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const IMF_FIXDATE =
  /^[A-Z][a-z]{2}, (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/;
const RFC_850 =
  /^[A-Z][a-z]{5,8}, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/;
const ASCTIME =
  /^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/;

/**
 * @param value the header as received
 * @param nowMs Unix time in milliseconds, to compute the delay until a date
 * @returns milliseconds from now, at least 0 and at most a year; null when the value is not understood
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | null {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, MAX_RETRY_AFTER_MS);
  const atMs = parseHttpDate(text, nowMs);
  return atMs === null ? null : Math.min(Math.max(atMs - nowMs, 0), MAX_RETRY_AFTER_MS);
}

function parseHttpDate(text: string, nowMs: number): number | null {
  const parts = (IMF_FIXDATE.exec(text) ?? RFC_850.exec(text) ?? ASCTIME.exec(text))?.groups;
  if (!parts) return null;
  const month = MONTHS.indexOf(parts.month ?? '');
  const [hours, minutes, seconds] = (parts.time ?? '').split(':').map(Number);
  if (month < 0) return null;
  const year = fullYear(parts.year ?? '', nowMs);
  const atMs = Date.UTC(year, month, Number(parts.day), hours, minutes, seconds);
  return Number.isNaN(atMs) ? null : atMs;
}

/** A two-digit year that seems more than 50 years ahead means the past century. */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
