import type { EntityManager } from 'typeorm';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { WebhookRow } from '../webhook-config.js';

/**
 * @param expected the revisions that the caller expects; null: any
 * @throws DomainError `precondition_failed`, which says who changed it first
 */
export async function refuseOtherRevision(
  manager: EntityManager,
  { webhookId, revision }: Pick<WebhookRow, 'webhookId' | 'revision'>,
  expected: readonly number[] | null,
): Promise<void> {
  if (expected === null || expected.includes(revision)) return;
  const [last] = await manager.query<{ by: string; at: Date }[]>(
    `SELECT revised_by AS by, revised_at AS at FROM webhook_revisions WHERE webhook_id = $1 AND revision = $2`,
    [webhookId, revision],
  );
  const who = last ? `: ${last.by} changed it at ${last.at.toISOString()}` : '';
  throw new DomainError(
    'precondition_failed',
    `The webhook is at revision ${String(revision)} by now${who}. Nothing was changed`,
  );
}
