/**
 * Reads statistics for requests. Every open chart asks for its minutes again and again, and they are counted from the
 * deliveries themselves: those who ask for the same share an answer.
 */
import { Injectable } from '@nestjs/common';
import type { AppStatistics, StatisticsQuery, WebhookStatistics } from '@im/contracts/api/statistics';
import { Clock } from '../../platform/clock/clock.js';
import { SharedAnswers } from '../../platform/limits/shared-answers.js';
import { resolveBuckets } from './resolve-buckets.js';
import { ShowStatisticsService } from './show-statistics.service.js';

const LIMITS = { keptMs: 1_000, maxKept: 50 };

@Injectable()
export class ShareMinutesService {
  private readonly ofWebhooks = new SharedAnswers<WebhookStatistics>(LIMITS);
  private readonly ofApps = new SharedAnswers<AppStatistics>(LIMITS);

  constructor(
    private readonly statistics: ShowStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError as {@link ShowStatisticsService.ofWebhook} */
  async ofWebhook(appId: string, webhookId: string, query: StatisticsQuery): Promise<WebhookStatistics> {
    const count = () => this.statistics.ofWebhook(appId, webhookId, query);
    if (query.period !== 'minute') return count();
    return this.ofWebhooks.find(this.questionOf(webhookId, query), count);
  }

  /** @throws DomainError as {@link ShowStatisticsService.ofApp} */
  async ofApp(appId: string, query: StatisticsQuery): Promise<AppStatistics> {
    const count = () => this.statistics.ofApp(appId, query);
    if (query.period !== 'minute') return count();
    return this.ofApps.find(this.questionOf(appId, query), count);
  }

  /** Of whole buckets, as the answer: those who ask some seconds apart ask the same. */
  private questionOf(id: string, query: StatisticsQuery): string {
    const { startsMs, endMs } = resolveBuckets(query, this.clock.nowMs());
    return JSON.stringify([id, query.event, query.timeZone, startsMs[0], endMs]);
  }
}
