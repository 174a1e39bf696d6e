/** Runs the worker in processes with its role: passes it fresh deliveries of this process and hints of the queue. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import { DeliveryQueue, type DeliveryHint } from './delivery.queue.js';
import { DeliveryWorkerService } from './delivery-worker.service.js';
import { FreshDeliveries } from './fresh-deliveries.js';
import { TakeInDeliveriesService } from './take-in-deliveries.service.js';

@Injectable()
export class DeliveryProcessor implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private unsubscribe: () => void = () => undefined;
  private stopped: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly fresh: FreshDeliveries,
    private readonly intake: TakeInDeliveriesService,
    private readonly worker: DeliveryWorkerService,
    private readonly traces: EventTraces,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.worker.start();
    this.unsubscribe = this.fresh.subscribe((deliveries, bornAt) => {
      this.intake.takeFresh(deliveries, bornAt);
    });
    this.queue.process((hint) => this.follow(hint));
  }

  /** Starts in this hook because the later one waits for each module in turn. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async follow({ deliveryIds, turns, traceparents = {} }: DeliveryHint): Promise<void> {
    for (const [eventId, traceparent] of Object.entries(traceparents))
      this.traces.remember(eventId, traceparent);
    try {
      await this.intake.takeHinted(deliveryIds, turns);
    } catch (error) {
      // The rows stay due; the sweep finds them.
      this.logger.warn('hint.not_followed', { message: String(error) });
    }
  }

  private async stop(): Promise<void> {
    this.unsubscribe();
    try {
      await Promise.all([this.queue.stopProcessing().catch(() => undefined), this.worker.stop()]);
    } catch (error) {
      this.logger.warn('deliveries.not_given_back', { message: String(error) });
    }
  }
}
