/** External ids of webhooks and event types, as apps and sources have them. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  ALTER TABLE webhook_configs ADD COLUMN external_id text;
  ALTER TABLE event_types ADD COLUMN external_id text;
  CREATE UNIQUE INDEX webhook_configs_external_id_key ON webhook_configs (app_id, external_id)
    WHERE external_id IS NOT NULL AND deleted_at IS NULL;
  CREATE UNIQUE INDEX event_types_external_id_key ON event_types (tenant_id, external_id)
    WHERE external_id IS NOT NULL AND deleted_at IS NULL;
  UPDATE webhook_revisions SET settings = settings || '{"externalId": null}';
`;

const DOWN = `
  UPDATE webhook_revisions SET settings = settings - 'externalId';
  DROP INDEX event_types_external_id_key;
  DROP INDEX webhook_configs_external_id_key;
  ALTER TABLE event_types DROP COLUMN external_id;
  ALTER TABLE webhook_configs DROP COLUMN external_id;
`;

export class NameThingsExternally1763823600000 implements MigrationInterface {
  name = 'NameThingsExternally1763823600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
