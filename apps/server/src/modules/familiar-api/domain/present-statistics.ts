/** Presents statistics as `/api/webhooks` answers them. */
import type { FamiliarStatistics } from '@im/contracts/api/familiar-deliveries';
import type { StatisticsCounts, WebhookStatistics } from '@im/contracts/api/statistics';
import { lastSecondBefore, toSeconds } from './dates.js';
import { successRateOf, webhookSuccessRateOf, wholeMs } from './success-rate.js';

/** @param isHealthy nothing has failed since the last success */
export function presentStatistics(
  webhookId: string,
  statistics: WebhookStatistics,
  isHealthy: boolean,
): FamiliarStatistics {
  const { period, from, to, overall, buckets, byEvent } = statistics;
  return {
    webhook_id: webhookId,
    period,
    start_date: toSeconds(from),
    end_date: lastSecondBefore(to),
    overall_stats: {
      ...countsOf(overall),
      success_rate: webhookSuccessRateOf(overall, isHealthy),
      pending_deliveries: overall.pending,
      average_response_time: wholeMs(overall.meanMs),
      median_response_time: wholeMs(overall.p50Ms),
      p95_response_time: wholeMs(overall.p95Ms),
    },
    daily_stats: buckets
      .filter(({ total }) => total > 0)
      .map((bucket) => ({
        date: period === 'hour' ? toSeconds(bucket.from) : bucket.from.slice(0, 10),
        ...countsOf(bucket),
        average_response_time: wholeMs(bucket.meanMs),
      })),
    event_type_stats: byEvent.map(({ event, ...counts }) => ({ event_type: event, ...countsOf(counts) })),
  };
}

function countsOf(counts: StatisticsCounts) {
  return {
    total_deliveries: counts.total,
    successful_deliveries: counts.succeeded,
    failed_deliveries: counts.failed,
    success_rate: successRateOf(counts),
  };
}
