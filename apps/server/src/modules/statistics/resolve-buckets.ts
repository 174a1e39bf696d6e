/** Resolves which whole buckets a caller asks for, with defaults. */
import {
  DEFAULT_BUCKETS,
  MAX_BUCKETS,
  MAX_MINUTE_BUCKETS,
  type StatisticsQuery,
} from '@im/contracts/api/statistics';
import { DomainError } from '../../platform/errors/domain-error.js';
import { bucketBefore, bucketEnd, bucketStart } from './calendar-buckets.js';

export interface Buckets {
  /** Where each begins, ascending, Unix milliseconds; each ends where the next begins. */
  startsMs: number[];
  /** Where the last one ends. */
  endMs: number;
}

const HOUR_MS = 3_600_000;
const MAX_MS = {
  minute: 60_000,
  hour: HOUR_MS,
  day: 25 * HOUR_MS,
  week: 169 * HOUR_MS,
  month: 745 * HOUR_MS,
} as const;

/** @throws DomainError `invalid_input` when the span is empty or has too many buckets */
export function resolveBuckets(query: StatisticsQuery, nowMs: number): Buckets {
  const { period, timeZone } = query;
  const toMs = query.to === undefined ? nowMs + 1 : Date.parse(query.to);
  // The end is exclusive.
  const lastMs = bucketStart(toMs - 1, period, timeZone);
  const firstMs =
    query.from === undefined
      ? bucketBefore(lastMs, DEFAULT_BUCKETS[period] - 1, period, timeZone)
      : bucketStart(Date.parse(query.from), period, timeZone);
  if (query.from !== undefined && toMs <= Date.parse(query.from)) throw emptySpan(query);
  const most = period === 'minute' ? MAX_MINUTE_BUCKETS : MAX_BUCKETS;
  if (lastMs - firstMs > most * MAX_MS[period]) throw tooMany(most);
  const startsMs = [firstMs];
  for (;;) {
    const endMs = bucketEnd(startsMs.at(-1) ?? firstMs, period, timeZone);
    if (endMs > lastMs) return { startsMs, endMs };
    if (startsMs.length === most) throw tooMany(most);
    startsMs.push(endMs);
  }
}

export function emptySpan({ to }: { to?: string | undefined }): DomainError {
  return DomainError.invalid({
    pointer: to === undefined ? '?from' : '?to',
    code: 'invalid_value',
    message: to === undefined ? 'must not lie in the future' : 'must be later than from',
  });
}

function tooMany(most: number): DomainError {
  return DomainError.invalid({
    pointer: '?from',
    code: 'too_big',
    message: `is too long ago: at most ${String(most)} buckets fit into one answer`,
  });
}
