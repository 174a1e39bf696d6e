/** The worker's part: every second it spreads what alerts have to tell, and sends on channels whose hint was lost. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import { NotificationLanesRepository } from './data/notification-lanes.repository.js';
import { NotificationQueue } from './notification.queue.js';
import { SendNotificationsService } from './send-notifications.service.js';
import { SpreadNoticesService } from './spread-notices.service.js';

const SWEEP_INTERVAL_MS = 1_000;
/** Channels this worker sends on at once; one that hangs takes a place for as long as a message may take. */
const MAX_CHANNELS_AT_ONCE = 8;
/** How long messages under way may go on at shutdown. */
const FAREWELL_MS = 2_000;

@Injectable()
export class NotificationProcessor
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;
  private readonly giveUp = new AbortController();
  private stopped: Promise<void> = Promise.resolve();
  private isStopping = false;
  /** By channel. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly queue: NotificationQueue,
    private readonly lanes: NotificationLanesRepository,
    private readonly spreadNotices: SpreadNoticesService,
    private readonly sendNotifications: SendNotificationsService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.process(({ channelId }) => this.sendOn(channelId));
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = null;
      });
    }, SWEEP_INTERVAL_MS);
  }

  /** Begins here, where nobody waits for anybody: the later hook goes from module to module and waits for each. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async stop(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.sweeping;
    await this.queue.stopProcessing().catch(() => undefined);
    const farewell = new AbortController();
    await Promise.race([
      Promise.all(this.underWay.values()),
      delay(FAREWELL_MS, undefined, { signal: farewell.signal }).catch(() => undefined),
    ]);
    farewell.abort();
    this.giveUp.abort();
    await Promise.all(this.underWay.values());
  }

  /** Its own faults end here: the next sweep begins anew. */
  private async sweep(): Promise<void> {
    try {
      for (const channelId of await this.spreadNotices.spread()) this.queue.requestSending(channelId);
      const room = MAX_CHANNELS_AT_ONCE - this.underWay.size;
      if (room <= 0) return;
      // Nobody waits for them: a channel that hangs must not hold the next sweep up.
      for (const channelId of await this.lanes.due(room)) void this.sendOn(channelId);
    } catch (error) {
      this.logger.error('notifications.sweep_failed', error);
    }
  }

  private sendOn(channelId: string): Promise<void> {
    const already = this.underWay.get(channelId);
    if (already) return already;
    if (this.isStopping) return Promise.resolve();
    const sending = this.sendNotifications
      .sendOn(channelId, this.giveUp.signal)
      .catch((error: unknown) => {
        this.logger.error('notifications.sending_failed', error, { channelId });
      })
      .finally(() => {
        this.underWay.delete(channelId);
      });
    this.underWay.set(channelId, sending);
    return sending;
  }
}
