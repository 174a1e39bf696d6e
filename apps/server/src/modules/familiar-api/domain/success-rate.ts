/** Computes success rates and times as `/api/webhooks` answers them. */

interface Ended {
  succeeded: number;
  failed: number;
}

/** @returns per cent of the deliveries that have ended, with two decimals; null: none has */
export function successRateOf({ succeeded, failed }: Ended): number | null {
  const ended = succeeded + failed;
  return ended === 0 ? null : Math.round((succeeded / ended) * 10_000) / 100;
}

/**
 * The same of a webhook as a whole. One that had nothing to deliver, and where nothing fails, has 100: clients take a
 * webhook without a rate for a broken one.
 */
export function webhookSuccessRateOf(counts: Ended & { pending: number }, isHealthy: boolean): number | null {
  return successRateOf(counts) ?? (counts.pending === 0 && isHealthy ? 100 : null);
}

/** @returns whole milliseconds */
export function wholeMs(durationMs: number | null): number | null {
  return durationMs === null ? null : Math.round(durationMs);
}
