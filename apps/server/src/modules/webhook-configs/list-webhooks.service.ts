import { Injectable } from '@nestjs/common';
import type { listWebhooksQuerySchema, WebhookPage } from '@im/contracts/api/webhooks';
import type { z } from 'zod';
import { DomainError } from '../../platform/errors/domain-error.js';
import { seesCallbackUrls, type Identity } from '../access/identity/domain/identity.js';
import type { AppRef } from '../apps/resolve-app.service.js';
import { ListWebhooksRepository } from './data/list-webhooks.repository.js';
import { SealedSettings } from './sealed-settings.js';
import { WebhookConfigsRepository } from './data/webhook-configs.repository.js';
import { defaultOrderOf, readCursor, writeCursor } from './domain/webhook-cursor.js';
import { ShowWebhookService } from './show-webhook.service.js';

/** Lists an app's webhooks in pages, filtered and sorted, with the total. */
@Injectable()
export class ListWebhooksService {
  constructor(
    private readonly webhookList: ListWebhooksRepository,
    private readonly webhooks: WebhookConfigsRepository,
    private readonly showWebhook: ShowWebhookService,
    private readonly sealed: SealedSettings,
  ) {}

  /** @throws DomainError `invalid_input` when the cursor is of another list */
  async list(
    app: AppRef,
    query: z.output<typeof listWebhooksQuerySchema>,
    caller: Identity,
  ): Promise<WebhookPage> {
    const { sort, order = defaultOrderOf(sort), limit, cursor, enabled } = query;
    const after = cursor === undefined ? null : readCursor(cursor, { sort, order });
    if (cursor !== undefined && after === null) {
      throw DomainError.invalid({
        pointer: '?cursor',
        code: 'invalid_format',
        message: 'is not a cursor of this list: it goes with the sort and order it was answered for',
      });
    }
    const { positions, total } = await this.webhookList.list({
      appId: app.appId,
      shownIds: app.webhookIds ?? null,
      isEnabled: enabled === undefined ? null : enabled === 'true',
      event: query.event ?? null,
      text: query.q ?? null,
      isUrlMasked: !seesCallbackUrls(caller),
      foundIds: seesCallbackUrls(caller) ? await this.findInQueries(app.appId, query.q) : [],
      sort,
      order,
      limit,
      after,
    });
    const shown = positions.slice(0, limit);
    const last = positions.length > limit ? shown.at(-1) : undefined;
    const rows = await this.webhooks.findAll(shown.map((position) => position.webhookId));
    const data = await this.showWebhook.many(rows, app, caller);
    return { data, page: { nextCursor: last ? writeCursor({ sort, order }, last) : null, total } };
  }

  private async findInQueries(appId: string, text: string | undefined): Promise<string[]> {
    if (text === undefined) return [];
    const sought = text.toLowerCase();
    return (await this.webhookList.withSealedQuery(appId))
      .filter((stored) => this.sealed.open(stored).url.toLowerCase().includes(sought))
      .map(({ webhookId }) => webhookId);
  }
}
