import { Controller } from '@nestjs/common';
import type { Page } from '@im/contracts/api/common';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { webhookRoutes } from '@im/contracts/routes/webhook-routes';
import { DomainError } from '../../platform/errors/domain-error.js';
import { Input, Route, type RouteInput } from '../access/access.decorators.js';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import { ResolveWebhookService } from './resolve-webhook.service.js';
import { ShowWebhookService } from './show-webhook.service.js';

/** Revisions start at 1 and fit into an integer. */
const CURSOR = /^[1-9]\d{0,8}$/;

@Controller()
export class WebhookRevisionsController {
  constructor(
    private readonly webhooks: ResolveWebhookService,
    private readonly revisions: WebhookRevisionsRepository,
    private readonly showWebhook: ShowWebhookService,
  ) {}

  /** Also for a deleted webhook: its settings and who deleted it. */
  @Route(webhookRoutes.revisions)
  async list(
    @Input() { caller, app, path, query }: RouteInput<typeof webhookRoutes.revisions>,
  ): Promise<Page<WebhookRevision>> {
    const { limit, cursor } = query;
    const { webhookId } = await this.webhooks.findEver(app, path.webhookId);
    const rows = await this.revisions.list(webhookId, limit + 1, readCursor(cursor));
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
