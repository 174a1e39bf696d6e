/** Decides whether and when a request is made again. A pure function. */

export interface RetryLimits {
  /** Further requests after the first one. */
  retries: number;
  /** The longest wait that a server may ask for with `Retry-After`; what asks for more fails at once. */
  maxRetryAfterMs: number;
}

export interface FailedTry {
  /** Counts from 1. */
  attempt: number;
  /** null: there was no answer. */
  status: number | null;
  /** As received. */
  retryAfter: string | null;
  /** Making the request twice has the effect of making it once. */
  isRepeatable: boolean;
}

const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 10_000;
/** Added to what a server asks for, so that its clients do not come back together. */
const JITTER_SHARE = 0.1;
/** Nothing was done: too fast, or the service could not store anything. */
const NOTHING_DONE = new Set([429, 503]);
/** Of a proxy, mostly: whether something was done is unknown. */
const UNKNOWN = new Set([408, 500, 502, 504]);

/** @returns milliseconds to wait; null: it is not made again */
export function retryDelayMs(
  failed: FailedTry,
  { retries, maxRetryAfterMs }: RetryLimits,
  now: number,
  random: () => number,
): number | null {
  const { attempt, status, retryAfter, isRepeatable } = failed;
  if (attempt > retries) return null;
  if (status !== null && NOTHING_DONE.has(status)) {
    const askedMs = parseRetryAfter(retryAfter, now);
    if (askedMs !== null && askedMs > maxRetryAfterMs) return null;
    return askedMs === null
      ? backoffMs(attempt, random)
      : askedMs + Math.round(Math.max(askedMs, FIRST_DELAY_MS) * JITTER_SHARE * random());
  }
  const isUnknown = status === null || UNKNOWN.has(status);
  return isUnknown && isRepeatable ? backoffMs(attempt, random) : null;
}

/** Doubles each time; anything between half of it and all of it. */
function backoffMs(attempt: number, random: () => number): number {
  const delayMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), MAX_DELAY_MS);
  return Math.round((delayMs * (1 + random())) / 2);
}

/** Seconds, or an HTTP date. */
function parseRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\d+$/.test(text.trim())) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
