/** Seals a webhook that an earlier version stored in clear, and its revisions. */
import type { SettingChange } from '@im/contracts/api/webhook-revisions';
import type { EntityManager } from 'typeorm';
import { isPrivateField, maskChanges } from '../domain/webhook-revision.js';
import type { SealedSettings } from '../sealed-settings.js';
import { WebhookConfigEntity } from './webhook-config.entity.js';
import type { WebhookRow } from '../webhook-config.js';

interface ClearRevision {
  revision: number;
  url: string;
  headers: Record<string, string>;
  changes: SettingChange[];
}

/**
 * @param webhook locked by the caller, deleted or not
 * @returns the row as it is now; a sealed one is not changed
 */
export async function sealClearWebhook(
  manager: EntityManager,
  webhook: WebhookRow,
  sealed: SealedSettings,
): Promise<WebhookRow> {
  if (webhook.maskedUrl !== null) return webhook;
  const { webhookId } = webhook;
  const columns = sealed.seal(webhookId, webhook);
  await manager.update(WebhookConfigEntity, { webhookId }, columns);
  await sealClearRevisions(manager, webhookId, sealed);
  return { ...webhook, ...columns };
}

async function sealClearRevisions(
  manager: EntityManager,
  webhookId: string,
  sealed: SealedSettings,
): Promise<void> {
  const clear = await manager.query<ClearRevision[]>(
    `SELECT revision, settings->>'url' AS url, settings->'headers' AS headers, changes FROM webhook_revisions
     WHERE webhook_id = $1 AND sealed_settings IS NULL`,
    [webhookId],
  );
  const rows = clear.map(({ revision, url, headers, changes }) => {
    const ofPrivate = changes.filter(({ field }) => isPrivateField(field));
    return {
      revision,
      ...sealed.seal(webhookId, { url, headers }),
      changes: JSON.stringify(maskChanges(changes)),
      sealedChanges: ofPrivate.length > 0 ? sealed.sealJson(webhookId, ofPrivate) : null,
    };
  });
  await manager.query(
    `UPDATE webhook_revisions r SET
       settings = r.settings || jsonb_build_object('url', i.url, 'headers', '{}'::jsonb), changes = i.changes,
       sealed_settings = i.sealed_settings, sealed_changes = i.sealed_changes
     FROM unnest($2::integer[], $3::text[], $4::jsonb[], $5::bytea[], $6::bytea[])
       AS i(revision, url, changes, sealed_settings, sealed_changes)
     WHERE r.webhook_id = $1 AND r.revision = i.revision`,
    [
      webhookId,
      rows.map(({ revision }) => revision),
      rows.map(({ url }) => url),
      rows.map(({ changes }) => changes),
      rows.map(({ sealedSettings }) => sealedSettings),
      rows.map(({ sealedChanges }) => sealedChanges),
    ],
  );
}
