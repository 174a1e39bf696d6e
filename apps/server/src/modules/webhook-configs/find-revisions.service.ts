import { Injectable } from '@nestjs/common';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import type { RevisionRow, WebhookAt } from './domain/revision-row.js';

/** Finds which settings of webhooks were in force at an instant, and what changed in a span. */
@Injectable()
export class FindRevisionsService {
  constructor(private readonly revisions: WebhookRevisionsRepository) {}

  /** See {@link WebhookRevisionsRepository.settingsAt}. */
  settingsAt(of: { webhookIds: readonly string[] } | { appId: string }, instant: Date): Promise<WebhookAt[]> {
    return this.revisions.settingsAt(of, instant);
  }

  /** See {@link WebhookRevisionsRepository.ofSpan}. */
  ofSpan(appId: string, from: Date, to: Date, limit: number): Promise<RevisionRow[]> {
    return this.revisions.ofSpan(appId, from, to, limit);
  }
}
