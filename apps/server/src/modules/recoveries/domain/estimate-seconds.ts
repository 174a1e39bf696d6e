/** Estimates how long a recovery takes if its receiver takes everything at once. */

export interface WebhookPace {
  /** Requests, of live deliveries too; 0: no limit. */
  rateLimitPerSecond: number;
  batch: { maxEvents: number } | null;
}

/** @param ratePerSecond deliveries, as asked for */
export function estimateSeconds(
  count: number,
  ratePerSecond: number,
  { rateLimitPerSecond, batch }: WebhookPace,
): number {
  const mostPerSecond =
    rateLimitPerSecond === 0 ? Infinity : rateLimitPerSecond * (batch === null ? 1 : batch.maxEvents);
  return Math.ceil(count / Math.min(ratePerSecond, mostPerSecond));
}
