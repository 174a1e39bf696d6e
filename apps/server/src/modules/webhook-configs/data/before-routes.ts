/** Keeps which webhook decides about which event, in the transaction that changes the webhook. */
import type { BeforeSettings } from '@im/contracts/api/before-constants';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { Transaction } from '../../../platform/database/transaction.js';

interface DecidingWebhook {
  webhookId: string;
  appId: string;
  before: BeforeSettings | null;
}

/** @throws DomainError `conflict` with the name of another webhook that decides about one of the events */
export async function routeBefore(
  transaction: Transaction,
  { webhookId, appId, before }: DecidingWebhook,
): Promise<void> {
  // One order for all writers, so that they do not deadlock.
  const events = (before?.events ?? []).toSorted();
  await transaction.query('DELETE FROM before_routes WHERE webhook_id = $1 AND NOT event = ANY($2)', [
    webhookId,
    events,
  ]);
  if (events.length === 0) return;
  await transaction.query(
    `INSERT INTO before_routes (app_id, event, webhook_id) SELECT $1, event, $2 FROM unnest($3::text[]) AS event
     ON CONFLICT (app_id, event) DO NOTHING`,
    [appId, webhookId, events],
  );
  const [taken] = await transaction.query<{ event: string; name: string }[]>(
    `SELECT r.event, w.name FROM before_routes r JOIN webhook_configs w USING (webhook_id)
     WHERE r.app_id = $1 AND r.event = ANY($2) AND r.webhook_id <> $3 ORDER BY r.event LIMIT 1`,
    [appId, events, webhookId],
  );
  if (!taken) return;
  const message = `the webhook "${taken.name}" decides about "${taken.event}" already`;
  throw new DomainError('conflict', `Of each event one webhook decides: ${message}`, {
    errors: [{ pointer: '/before/events', code: 'already_taken', message }],
  });
}

/** Of webhooks that are deleted. */
export async function unrouteBefore(transaction: Transaction, webhookIds: readonly string[]): Promise<void> {
  await transaction.query('DELETE FROM before_routes WHERE webhook_id = ANY($1)', [webhookIds]);
}
