/** Converts dates of `/api/webhooks`: days and instants, both ends of a span inclusive. */

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;

/** @param date a day in UTC, or an instant */
export function beginOf(date: string): string {
  return new Date(date).toISOString();
}

/** @returns the instant after the day, the second or the millisecond that is named */
export function afterEndOf(date: string): string {
  const spanMs = DAY.test(date) ? DAY_MS : date.includes('.') ? 1 : SECOND_MS;
  return new Date(Date.parse(date) + spanMs).toISOString();
}

/** Without fractions, as `2024-01-07T23:59:59Z`. */
export function toSeconds(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/** @param end exclusive */
export function lastSecondBefore(end: string): string {
  return toSeconds(new Date(Date.parse(end) - SECOND_MS).toISOString());
}
