import { Injectable } from '@nestjs/common';
import { WebhookRevisionsRepository } from './data/webhook-revisions.repository.js';
import type { WebhookAt } from './domain/revision-row.js';

/** Finds which settings of webhooks were in force at an instant. */
@Injectable()
export class FindRevisionsService {
  constructor(private readonly revisions: WebhookRevisionsRepository) {}

  /** See {@link WebhookRevisionsRepository.settingsAt}. */
  settingsAt(of: { webhookIds: readonly string[] } | { appId: string }, instant: Date): Promise<WebhookAt[]> {
    return this.revisions.settingsAt(of, instant);
  }
}
