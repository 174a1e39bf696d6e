import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Logger } from '../../../platform/logging/logger.js';
import type { WebhookSettings } from '../webhook-settings.js';
import { FindWebhooksService } from '../find-webhooks.service.js';
import { WebhookHealthRepository } from './data/webhook-health.repository.js';

const LOOK_MS = 5_000;

/** Has an alert opened for webhooks whose secrets cannot be opened, and ended when they can be again. */
@Injectable()
export class WatchUnopenableService implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly health: WebhookHealthRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.lookLater();
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  /** Something is due for the webhook: says so where it cannot go out. */
  async note({ webhookId, isOpenable, isKnownUnopenable }: WebhookSettings): Promise<void> {
    if (isOpenable !== isKnownUnopenable) return;
    if (!isOpenable) this.logger.error('webhook.cannot_sign', undefined, { webhookId });
    await this.health.markUnopenable(webhookId, !isOpenable);
  }

  private lookLater(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look().finally(() => {
        this.lookLater();
      });
    }, LOOK_MS);
  }

  /** Nothing need be due for the alert to end. */
  private async look(): Promise<void> {
    try {
      for await (const known of this.health.unopenable()) {
        const settings = await this.webhooks.settingsOf(known);
        for (const found of settings.values()) await this.note(found);
      }
    } catch (error) {
      this.logger.warn('webhooks.unopenable_not_checked', { message: String(error) });
    }
  }
}
