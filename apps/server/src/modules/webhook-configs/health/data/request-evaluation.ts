import type { EntityManager } from 'typeorm';

/** Has the alerts of webhooks looked at again: what they are about was changed by a person. In the order in which outcomes lock them. */
export async function requestEvaluation(
  manager: EntityManager,
  webhookIds: readonly string[],
): Promise<void> {
  await manager.query(
    `WITH touched AS (
       SELECT webhook_id FROM webhook_health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR UPDATE
     ) UPDATE webhook_health h SET version = version + 1 FROM touched WHERE h.webhook_id = touched.webhook_id`,
    [webhookIds],
  );
}
