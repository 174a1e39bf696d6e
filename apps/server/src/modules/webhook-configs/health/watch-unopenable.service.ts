import { Injectable } from '@nestjs/common';
import { BackgroundTasks } from '../../../platform/background/background-tasks.js';
import { Logger } from '../../../platform/logging/logger.js';
import type { WebhookSettings } from '../webhook-settings.js';
import { FindWebhooksService } from '../find-webhooks.service.js';
import { WebhookHealthRepository } from './data/webhook-health.repository.js';

const LOOK_MS = 5_000;

/**
 * Marks webhooks whose secrets cannot be opened, which opens an alert, and unmarks them when they can be opened again.
 */
@Injectable()
export class WatchUnopenableService {
  constructor(
    private readonly health: WebhookHealthRepository,
    private readonly webhooks: FindWebhooksService,
    private readonly logger: Logger,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'webhooks.unopenable_not_checked',
      failureLevel: 'warn',
      delayMs: LOOK_MS,
      run: () => this.look(),
    });
  }

  /** Checks a webhook for which something is due. */
  async note({ webhookId, isOpenable, isKnownUnopenable }: WebhookSettings): Promise<void> {
    if (isOpenable !== isKnownUnopenable) return;
    if (!isOpenable) this.logger.error('webhook.cannot_sign', undefined, { webhookId });
    await this.health.markUnopenable(webhookId, !isOpenable);
  }

  /** Rechecks marked webhooks, even if nothing is due. */
  private async look(): Promise<void> {
    for await (const known of this.health.unopenable()) {
      const settings = await this.webhooks.settingsOf(known);
      for (const found of settings.values()) await this.note(found);
    }
  }
}
