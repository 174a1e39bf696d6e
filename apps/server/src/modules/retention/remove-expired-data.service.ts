/**
 * Removes what is over its retention: drops old partitions, deletes rows of apps with a shorter retention, and asks the
 * owners of other tables to purge them. One process at a time does it, and repeating a step changes nothing.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { isDayBefore, type PartitionedTable } from '../../platform/database/time-partitions.js';
import { Logger } from '../../platform/logging/logger.js';
import { PurgeAuditService } from '../access/audit/purge-audit.service.js';
import { PurgeIdempotentRequestsService } from '../access/idempotency/purge-idempotent-requests.service.js';
import { PurgeAlertsService } from '../alerts/purge-alerts.service.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import {
  ExpiredPartitionsRepository,
  type Partition,
} from '../delivery-store/data/expired-partitions.repository.js';
import { ExpiredRowsRepository } from '../delivery-store/data/expired-rows.repository.js';
import { PurgeNotificationsService } from '../notifications/purge-notifications.service.js';
import { PurgeRecoveriesService } from '../recoveries/purge-recoveries.service.js';
import { PurgeCountsService } from '../statistics/purge-counts.service.js';
import { AppRetentionRepository } from './data/app-retention.repository.js';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 3_600_000;
/** Until the first round, so that it does not slow down the start. */
const FIRST_ROUND_MS = 60_000;

const PAYLOADS: readonly PartitionedTable[] = ['event_users', 'events'];
const LOGS: readonly PartitionedTable[] = ['deliveries', 'attempts'];

export type RetentionEnv = Pick<
  Env,
  | 'RETENTION_EVENTS_DAYS'
  | 'RETENTION_LOGS_DAYS'
  | 'RETENTION_KEYS_DAYS'
  | 'RETENTION_STATS_DAYS'
  | 'RETENTION_AUDIT_DAYS'
>;

@Injectable()
export class RemoveExpiredDataService {
  constructor(
    private readonly partitions: ExpiredPartitionsRepository,
    private readonly rows: ExpiredRowsRepository,
    private readonly deliveries: DeliveryStatesRepository,
    private readonly apps: AppRetentionRepository,
    private readonly audit: PurgeAuditService,
    private readonly firstAnswers: PurgeIdempotentRequestsService,
    private readonly counts: PurgeCountsService,
    private readonly recoveries: PurgeRecoveriesService,
    private readonly notifications: PurgeNotificationsService,
    private readonly alerts: PurgeAlertsService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: RetentionEnv,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'retention.failed',
      firstDelayMs: FIRST_ROUND_MS,
      delayMs: INTERVAL_MS,
      run: () => this.removeExpired(),
    });
  }

  async removeExpired(): Promise<void> {
    const payloadsBefore = this.daysAgo(this.env.RETENTION_EVENTS_DAYS);
    const logsBefore = this.daysAgo(this.env.RETENTION_LOGS_DAYS);
    await this.deliveries.cancelHeldTooLong(payloadsBefore, null, this.clock.now());
    await this.removeDays(PAYLOADS, payloadsBefore);
    await this.removeDays(LOGS, logsBefore);
    await this.removeOfApps();
    // A redelivery requested at the moment its event was removed.
    await this.deliveries.cancelWithoutEvent(payloadsBefore, this.clock.now());
    await this.purgeTables();
  }

  private async purgeTables(): Promise<void> {
    const logsBefore = new Date(this.daysAgo(this.env.RETENTION_LOGS_DAYS));
    const auditBefore = new Date(this.daysAgo(this.env.RETENTION_AUDIT_DAYS));
    const keysBefore = new Date(this.daysAgo(this.env.RETENTION_KEYS_DAYS));
    const countsBefore = new Date(this.daysAgo(this.env.RETENTION_STATS_DAYS));
    this.logRemoved({
      event_keys: await this.rows.removeKeys(keysBefore),
      audit_entries: await this.audit.purge(auditBefore),
      idempotent_requests: await this.firstAnswers.purge(new Date(this.daysAgo(1))),
      delivery_counts: await this.counts.purge(countsBefore),
      before_counts: await this.rows.removeBeforeCounts(countsBefore),
      recoveries: await this.recoveries.purge(logsBefore),
    });
    await this.rows.removeTallies();
    this.logRemoved({
      notifications: await this.notifications.purge(logsBefore),
      ...(await this.alerts.purge(auditBefore)),
    });
  }

  private async removeDays(tables: readonly PartitionedTable[], beforeMs: number): Promise<void> {
    for (const partition of await this.partitions.partitionsOf(tables)) {
      const { name, dayMs } = partition;
      if (dayMs === null) {
        // Rows with ids from a clock that was days off.
        await this.rows.removeFrom(partition, null, beforeMs);
        continue;
      }
      const result = await this.partitions.drop(partition, beforeMs);
      if (result === 'dropped') this.logger.info('retention.dropped', { name });
      // Days that a pending delivery still needs shrink anyway.
      else if (result === 'needed' && isDayBefore(dayMs, beforeMs))
        await this.rows.removeFrom(partition, null, beforeMs);
    }
  }

  private async removeOfApps(): Promise<void> {
    for (const { appId, eventsDays, logsDays } of await this.apps.list()) {
      if (eventsDays !== null) {
        await this.deliveries.cancelHeldTooLong(this.daysAgo(eventsDays), appId, this.clock.now());
        await this.removeOfApp(appId, PAYLOADS, this.daysAgo(eventsDays));
      }
      if (logsDays !== null) await this.removeOfApp(appId, ['deliveries'], this.daysAgo(logsDays));
    }
  }

  private async removeOfApp(
    appId: string,
    tables: readonly PartitionedTable[],
    beforeMs: number,
  ): Promise<void> {
    const isConcerned = ({ dayMs }: Partition) => dayMs === null || dayMs < beforeMs;
    for (const partition of (await this.partitions.partitionsOf(tables)).filter(isConcerned)) {
      const removed = await this.rows.removeFrom(partition, appId, beforeMs);
      if (removed > 0) this.logger.info('retention.removed', { appId, name: partition.name, removed });
    }
  }

  private logRemoved(byTable: Record<string, number>): void {
    for (const [name, removed] of Object.entries(byTable))
      if (removed > 0) this.logger.info('retention.removed', { name, removed });
  }

  private daysAgo(days: number): number {
    return this.clock.nowMs() - days * DAY_MS;
  }
}
