import { Controller, Param, Query } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { parseQuery } from '../../platform/http-server/parse-input.js';
import { Caller, Route } from '../access/access.decorators.js';
import type { Identity } from '../access/identity/domain/identity.js';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

/** Revisions are counted from 1 and fit an integer. */
const CURSOR = /^[1-9]\d{0,8}$/;

@Controller()
export class WebhookRevisionsController {
  constructor(
    private readonly resolveWebhook: ResolveWebhookService,
    private readonly revisions: WebhookRevisionsRepository,
    private readonly showWebhook: ShowWebhookService,
  ) {}

  /** Of a deleted webhook too: who deleted it, and what it was. */
  @Route(webhookRoutes.revisions)
  async list(
    @Caller() caller: Identity,
    @Param('appKey') appKey: string,
    @Param('webhookId') id: string,
    @Query() query: unknown,
  ): Promise<Page<WebhookRevision>> {
    const { webhook } = await this.resolveWebhook.everForCaller(caller, appKey, id);
    const { limit, cursor } = parseQuery(webhookRoutes.revisions.query, query);
    const rows = await this.revisions.list(webhook.webhookId, limit + 1, readCursor(cursor));
    const data = this.showWebhook.revisions(rows.slice(0, limit), caller);
    const last = rows.length > limit ? data.at(-1) : undefined;
    return { data, page: { nextCursor: last ? String(last.revision) : null } };
  }
}

function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  if (CURSOR.test(cursor)) return Number(cursor);
  throw DomainError.invalid({
    pointer: '?cursor',
    code: 'invalid_format',
    message: 'is not a cursor of this list',
  });
}
