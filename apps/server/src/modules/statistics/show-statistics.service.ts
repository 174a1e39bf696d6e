/** Presents statistics of webhooks, and of an app with all of its webhooks. */
import { Injectable } from '@nestjs/common';
import {
  MAX_COURSE_BUCKETS,
  type AppStatistics,
  type StatisticsCounts,
  type StatisticsQuery,
  type WebhookStatistics,
} from '@im/contracts/api/statistics';
import { Clock } from '../../platform/clock/clock.js';
import { attemptsOf, dueBefore, successRatesOf } from '../delivery-store/domain/success-rates.js';
import { StatisticsRepository, type CountedStatistics } from './data/statistics.repository.js';
import { RELATIVE_ERROR } from './domain/duration-histogram.js';
import { coverBuckets } from './domain/grain-ranges.js';
import { addCounts, summarizeCounts, type CountedDurations } from './domain/summarize-counts.js';
import { resolveBuckets, type Buckets } from './resolve-buckets.js';

@Injectable()
export class ShowStatisticsService {
  constructor(
    private readonly statistics: StatisticsRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input` when the span is empty or too long; see {@link StatisticsRepository.sumUp} */
  async ofWebhook(appId: string, webhookId: string, query: StatisticsQuery): Promise<WebhookStatistics> {
    const buckets = resolveBuckets(query, this.clock.nowMs());
    return present(query, buckets, await this.sumUp(appId, [webhookId], query, buckets, false));
  }

  /** @throws DomainError `invalid_input` when the span is empty or too long; see {@link StatisticsRepository.sumUp} */
  async ofApp(appId: string, query: StatisticsQuery): Promise<AppStatistics> {
    const buckets = resolveBuckets(query, this.clock.nowMs());
    const webhooks = await this.statistics.webhooksOf(appId);
    const counted = await this.sumUp(
      appId,
      webhooks.map((webhook) => webhook.webhookId),
      query,
      buckets,
      true,
    );
    return {
      ...present(query, buckets, counted),
      byWebhook: webhooks
        .filter(({ webhookId, isDeleted }) => !isDeleted || counted.byWebhook.has(webhookId))
        .map((webhook) => ({
          ...webhook,
          ...summaryOf(counted.byWebhook.get(webhook.webhookId)),
          course: hasCourses(buckets)
            ? buckets.startsMs.map((_, index) => counted.courses.get(webhook.webhookId)?.get(index) ?? 0)
            : null,
        })),
    };
  }

  private sumUp(
    appId: string,
    webhookIds: readonly string[],
    { event, period }: StatisticsQuery,
    { startsMs, endMs }: Buckets,
    withCourses: boolean,
  ): Promise<CountedStatistics> {
    const ranges = period === 'minute' ? null : coverBuckets(startsMs, endMs);
    const due = dueBefore(this.clock.nowMs());
    return this.statistics.sumUp({
      appId,
      webhookIds,
      event,
      startsMs,
      endMs,
      ranges,
      dueBefore: due,
      withCourses: withCourses && hasCourses({ startsMs }),
    });
  }
}

/** More buckets, times every webhook, would be too long an answer. */
function hasCourses({ startsMs }: Pick<Buckets, 'startsMs'>): boolean {
  return startsMs.length <= MAX_COURSE_BUCKETS;
}

function present(
  { period, timeZone, event }: StatisticsQuery,
  { startsMs, endMs }: Buckets,
  { byBucket, byEvent }: CountedStatistics,
): WebhookStatistics {
  const edges = [...startsMs, endMs].map((ms) => new Date(ms).toISOString());
  const from = edges[0] ?? '';
  const to = edges.at(-1) ?? '';
  return {
    period,
    timeZone,
    event: event ?? null,
    from,
    to,
    errorBound: RELATIVE_ERROR,
    overall: summaryOf(addCounts(byBucket.values())),
    buckets: startsMs.map((_, index) => ({
      from: edges[index] ?? from,
      to: edges[index + 1] ?? to,
      ...summaryOf(byBucket.get(index)),
    })),
    byEvent: [...byEvent]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, counted]) => ({ event: name, ...summaryOf(counted) })),
  };
}

/** @param counted absent: nothing was */
function summaryOf(counted: CountedDurations = addCounts([])): StatisticsCounts {
  return { ...summarizeCounts(counted), attempts: attemptsOf(counted), ...successRatesOf(counted) };
}
