/** Computes how far the receiver's clock is from ours, from the header `Date` of its answer. */

/** The header has whole seconds and may be from a cache or proxy, so less than this is ignored. */
const LEAST_TELLING_MS = 30_000;

/**
 * @param endedAtMs our Unix time when the answer was there
 * @returns milliseconds the receiver's clock is ahead of ours, negative when it is behind; null without a date or with
 * a small difference
 */
export function clockOffsetMs(
  headers: Readonly<Record<string, string>> | null,
  endedAtMs: number,
): number | null {
  const date = headers?.date;
  // A date of HTTP is in English and ends in GMT; Date.parse would also take much that is none.
  if (date === undefined || !/^[A-Z][a-z]{2,8},? .{10,30} GMT$/.test(date)) return null;
  const theirs = Date.parse(date);
  if (Number.isNaN(theirs)) return null;
  const offset = theirs - endedAtMs;
  return Math.abs(offset) < LEAST_TELLING_MS ? null : offset;
}
