/** The worker's end of the queue. Runs only where the process has the worker role. */
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliverService } from './deliver.service.js';
import { DeliveryQueue } from './delivery.queue.js';
import { SweepOverdueService } from './sweep-overdue.service.js';

/** How long a stopping worker waits for attempts under way; the launcher and `docker stop` allow more. */
const DRAIN_MS = 2_500;

@Injectable()
export class DeliveryProcessor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly queue: DeliveryQueue,
    private readonly deliverService: DeliverService,
    private readonly sweeper: SweepOverdueService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.process(this.env.WEBHOOK_CONCURRENCY, async (hint) => {
      try {
        await this.deliverService.deliver(hint);
      } catch (error) {
        // The row stays pending and overdue; the sweeper brings it back.
        this.logger.error('delivery.interrupted', error, { ...hint });
      }
    });
    this.sweeper.start();
  }

  /** Takes no new work and lets attempts under way end; what does not end in time is attempted again by the next worker. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([this.queue.stopProcessing().catch(() => undefined), deadline]);
    clearTimeout(timer);
  }
}
