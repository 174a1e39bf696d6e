import { Injectable } from '@nestjs/common';
import { maskCallbackUrl } from '@im/contracts/urls/mask-callback-url';
import { Logger } from '../../platform/logging/logger.js';
import { SealClearWebhooksService } from '../webhook-configs/seal-clear-webhooks.service.js';
import { QUOTED_IN, QuotedUrlsRepository } from './data/quoted-urls.repository.js';

const WEBHOOKS_AT_ONCE = 100;
const QUOTES_AT_ONCE = 500;

/** Seals what earlier versions left in clear; until then both forms are read. It resumes after an interruption. */
@Injectable()
export class SealClearSettingsService {
  constructor(
    private readonly webhooks: SealClearWebhooksService,
    private readonly quotes: QuotedUrlsRepository,
    private readonly logger: Logger,
  ) {}

  /** Quotes are masked first, so that a sealed webhook has none left. */
  async run(stopping: AbortSignal): Promise<void> {
    if ((await this.webhooks.list(1)).length === 0) return;
    await this.maskQuotes(stopping);
    let done = 0;
    for (;;) {
      const webhookIds = stopping.aborted ? [] : await this.webhooks.list(WEBHOOKS_AT_ONCE);
      if (webhookIds.length === 0) return;
      for (const webhookId of webhookIds) if (await this.webhooks.seal(webhookId)) done += 1;
      this.logger.info('webhooks.settings_sealed', { done });
    }
  }

  private async maskQuotes(stopping: AbortSignal): Promise<void> {
    for (const quotes of QUOTED_IN) {
      let after: string | null = null;
      do {
        after = await this.quotes.mask(quotes, after, QUOTES_AT_ONCE, maskCallbackUrl);
      } while (after !== null && !stopping.aborted);
    }
  }
}
