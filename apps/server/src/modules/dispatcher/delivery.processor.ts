/** The worker: takes hints, sweeps the rows, sends. Runs only where the process has the worker role. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryQueue } from './delivery.queue.js';
import { DispatchDeliveriesService } from './dispatch-deliveries.service.js';
import { FeedLanesService } from './feed-lanes.service.js';
import { HandOverService } from './hand-over.service.js';
import { HoldDeliveriesService } from './hold-deliveries.service.js';

/** How long a stopping worker waits for attempts under way; the launcher and `docker stop` allow more. */
const DRAIN_MS = 2_500;
const DRAIN_CHECK_MS = 20;

@Injectable()
export class DeliveryProcessor implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private stopped: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly handOver: HandOverService,
    private readonly feed: FeedLanesService,
    private readonly hold: HoldDeliveriesService,
    private readonly dispatch: DispatchDeliveriesService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.hold.start(this.feed);
    this.feed.start();
    this.handOver.deliverHere(this.feed);
    this.queue.process(async (hint) => {
      try {
        await this.feed.follow(hint);
      } catch (error) {
        // The rows stay due; the sweep finds them.
        this.logger.warn('hint.not_followed', { message: String(error) });
      }
    });
  }

  /** Begins here, where nobody waits for anybody: the later hook goes from module to module and waits for each. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  /** Takes no new work, lets attempts under way end and gives the rest back; what does not end in time is attempted again. */
  private async stop(): Promise<void> {
    this.handOver.deliverHere(null);
    this.hold.prepareStop();
    await Promise.all([this.queue.stopProcessing().catch(() => undefined), this.feed.stop()]);
    this.dispatch.stop();
    const giveUpAt = performance.now() + DRAIN_MS;
    while (this.dispatch.isBusy && performance.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
    }
    await this.hold.stop().catch((error: unknown) => {
      this.logger.warn('deliveries.not_given_back', { message: String(error) });
    });
  }
}
