/** Seals what earlier versions left in clear of the URLs and headers of webhooks. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { sealClearWebhook } from './seal-clear-webhook.js';
import { SealedSettings } from '../sealed-settings.js';
import { WebhookConfigEntity } from './webhook-config.entity.js';

@Injectable()
export class ClearWebhooksRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly sealed: SealedSettings,
  ) {}

  /** Webhooks whose settings are in clear, deleted ones too. */
  async webhooks(limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT webhook_id AS id FROM webhook_configs WHERE masked_url IS NULL ORDER BY webhook_id LIMIT $1',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** With its revisions, in one commit. @returns false when another process did it */
  sealWebhook(webhookId: string): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const row = await manager.findOne(WebhookConfigEntity, {
        where: { webhookId },
        lock: { mode: 'for_no_key_update' },
      });
      if (row?.maskedUrl !== null) return false;
      await sealClearWebhook(manager, row, this.sealed);
      return true;
    });
  }
}
