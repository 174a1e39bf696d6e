/** Fans out notices of alerts every second, and sends on channels whose hint was lost. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import type { RepeatingTask } from '../../platform/background/repeating-task.js';
import { waitAtMost } from '../../platform/background/wait-at-most.js';
import { Logger } from '../../platform/logging/logger.js';
import { NotificationLanesRepository } from './data/notification-lanes.repository.js';
import { NotificationQueue } from './notification.queue.js';
import { SendNotificationsService } from './send-notifications.service.js';
import { FanOutNoticesService } from './fan-out-notices.service.js';

const SWEEP_INTERVAL_MS = 1_000;
/** Channels this worker sends on at once; a channel that hangs takes its place until its message times out. */
const MAX_CHANNELS_AT_ONCE = 8;
/** How long messages being sent may take at shutdown. */
const MAX_STOP_MS = 2_000;

@Injectable()
export class NotificationProcessor
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly sweeping: RepeatingTask;
  private readonly giveUp = new AbortController();
  private stopped: Promise<void> = Promise.resolve();
  private isStopping = false;
  /** By channel. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly queue: NotificationQueue,
    private readonly lanes: NotificationLanesRepository,
    private readonly fanOutNotices: FanOutNoticesService,
    private readonly sendNotifications: SendNotificationsService,
    private readonly logger: Logger,
    background: BackgroundTasks,
  ) {
    this.sweeping = background.repeat({
      failureEvent: 'notifications.sweep_failed',
      delayMs: SWEEP_INTERVAL_MS,
      run: () => this.sweep(),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(({ channelId }) => this.sendOn(channelId));
  }

  /** Starts in this hook because the later one waits for each module in turn. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async stop(): Promise<void> {
    this.isStopping = true;
    await this.sweeping.stop();
    await this.queue.stopProcessing().catch(() => undefined);
    await waitAtMost(MAX_STOP_MS, Promise.all(this.underWay.values()));
    this.giveUp.abort();
    await Promise.all(this.underWay.values());
  }

  private async sweep(): Promise<void> {
    for (const channelId of await this.fanOutNotices.fanOut()) this.queue.requestSending(channelId);
    const free = MAX_CHANNELS_AT_ONCE - this.underWay.size;
    if (free <= 0) return;
    // Not waited for: a channel that hangs must not delay the next sweep.
    for (const channelId of await this.lanes.due(free)) void this.sendOn(channelId);
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
