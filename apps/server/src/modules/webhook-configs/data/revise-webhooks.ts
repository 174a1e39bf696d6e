/** Changes settings of webhooks, always with a revision that says who changed what, in the same commit. */
import { In, IsNull, type EntityManager } from 'typeorm';
import type { SettingChange } from '@im/contracts/api/webhook-revisions';
import { changesBetween, maskChanges, snapshotOf } from '../domain/webhook-revision.js';
import { WebhookConfigEntity } from './webhook-config.entity.js';
import type { WebhookRow } from '../webhook-config.js';

/** The actor of what no person requested. */
const SYSTEM = 'system';

export interface Reviser {
  /** The person's email, `token:…` or `system`. */
  by: string;
  at: Date;
}

type RowChange = Partial<WebhookRow>;

/** What a revision keeps of the URL and the headers, sealed by the caller. */
export interface PrivateRevision {
  /** In full. */
  changes: SettingChange[];
  sealedChanges: Buffer | null;
  /** As {@link WebhookRow.sealedSettings}, but with credentials in headers masked. */
  sealedSettings: Buffer | null;
}

/**
 * Locks webhooks that are not deleted until the end of the transaction, always in one order. Rows that refer to them
 * (alerts, health) can still be inserted.
 */
export function lockWebhooks(manager: EntityManager, webhookIds: readonly string[]): Promise<WebhookRow[]> {
  return manager.find(WebhookConfigEntity, {
    where: { webhookId: In(webhookIds), deletedAt: IsNull() },
    order: { webhookId: 'ASC' },
    lock: { mode: 'for_no_key_update' },
  });
}

/**
 * Makes the same change to webhooks that the caller has locked. Unchanged ones are not written.
 *
 * @param ofPrivate what the change does to URL and headers; absent: nothing
 * @returns the webhooks as they are now
 */
export async function reviseLocked(
  manager: EntityManager,
  webhooks: readonly WebhookRow[],
  change: RowChange,
  reviser: Reviser,
  ofPrivate?: PrivateRevision,
): Promise<WebhookRow[]> {
  const revised: Revision[] = [];
  const results = webhooks.map((before) => {
    const after = { ...before, ...change, revision: before.revision + 1, updatedAt: reviser.at };
    const isDeletion = after.deletedAt !== null;
    const changes = isDeletion
      ? []
      : [...maskChanges(ofPrivate?.changes ?? []), ...changesBetween(before, after)];
    if (!isDeletion && changes.length === 0) return before;
    revised.push({ webhook: after, kind: isDeletion ? 'deleted' : 'updated', changes, ofPrivate });
    return after;
  });
  if (revised.length === 0) return results;
  await manager.update(
    WebhookConfigEntity,
    { webhookId: In(revised.map(({ webhook }) => webhook.webhookId)) },
    { ...change, updatedAt: reviser.at, revision: () => 'revision + 1' },
  );
  await writeRevisions(manager, revised, reviser);
  return results;
}

/** The first revision of a webhook, in the transaction that makes it. */
export async function writeFirstRevision(
  manager: EntityManager,
  webhook: WebhookRow,
  sealedSettings: Buffer | null,
): Promise<void> {
  const reviser = { by: webhook.createdBy, at: webhook.createdAt };
  const ofPrivate = { changes: [], sealedChanges: null, sealedSettings };
  await writeRevisions(manager, [{ webhook, kind: 'created', changes: [], ofPrivate }], reviser);
}

/** Disables webhooks of the service's own accord, since their receiver is gone. Disabled ones stay as they are. */
export async function disableWebhooks(
  manager: EntityManager,
  webhookIds: readonly string[],
  disabledReason: 'gone' | 'failing',
  at: Date,
): Promise<void> {
  const enabled = (await lockWebhooks(manager, webhookIds)).filter((webhook) => webhook.isEnabled);
  await reviseLocked(manager, enabled, { isEnabled: false, disabledReason }, { by: SYSTEM, at });
}

interface Revision {
  /** As it is from then on. */
  webhook: WebhookRow;
  kind: 'created' | 'updated' | 'deleted';
  changes: SettingChange[];
  /** undefined: URL and headers are those of the revision before. */
  ofPrivate: PrivateRevision | undefined;
}

/** Keeps revisions in order when this machine's clock is behind that of another one. */
async function writeRevisions(
  manager: EntityManager,
  revisions: readonly Revision[],
  { by, at }: Reviser,
): Promise<void> {
  await manager.query(
    `INSERT INTO webhook_revisions (webhook_id, revision, revised_at, revised_by, kind, changes, settings,
       sealed_changes, sealed_settings)
     SELECT i.webhook_id, i.revision, greatest($3::timestamptz, p.revised_at), $4, i.kind, i.changes, i.settings,
       i.sealed_changes, CASE WHEN i.keeps_private THEN p.sealed_settings ELSE i.sealed_settings END
     FROM unnest($1::uuid[], $2::integer[], $5::text[], $6::jsonb[], $7::jsonb[], $8::bytea[], $9::bytea[], $10::boolean[])
       AS i(webhook_id, revision, kind, changes, settings, sealed_changes, sealed_settings, keeps_private)
       LEFT JOIN LATERAL (
         SELECT revised_at, sealed_settings FROM webhook_revisions p
         WHERE p.webhook_id = i.webhook_id AND p.revision < i.revision ORDER BY p.revision DESC LIMIT 1
       ) p ON true`,
    [
      revisions.map(({ webhook }) => webhook.webhookId),
      revisions.map(({ webhook }) => webhook.revision),
      at,
      by,
      revisions.map(({ kind }) => kind),
      revisions.map(({ changes }) => JSON.stringify(changes)),
      revisions.map(({ webhook }) => JSON.stringify(snapshotOf(webhook))),
      revisions.map(({ ofPrivate }) => ofPrivate?.sealedChanges ?? null),
      revisions.map(({ ofPrivate }) => ofPrivate?.sealedSettings ?? null),
      revisions.map(({ ofPrivate }) => ofPrivate === undefined),
    ],
  );
}
