import { Injectable } from '@nestjs/common';
import { ClearWebhooksRepository } from './data/clear-webhooks.repository.js';

/** Seals the settings of webhooks that earlier versions left in clear; until then both forms are read. */
@Injectable()
export class SealClearWebhooksService {
  constructor(private readonly clear: ClearWebhooksRepository) {}

  /** @returns ids of webhooks whose settings are in clear, deleted ones too */
  list(limit: number): Promise<string[]> {
    return this.clear.webhooks(limit);
  }

  /** @returns false when another process did it */
  seal(webhookId: string): Promise<boolean> {
    return this.clear.sealWebhook(webhookId);
  }
}
