/**
 * Queries of callback URLs and values of custom headers are sealed, as secrets are; which keys sealed anything is known,
 * and which webhooks cannot be signed for. What is in clear is sealed by the service, which has the key, not here.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const WEBHOOKS = `
  ALTER TABLE webhook_configs
    -- As people see the URL who may not know its tokens; null: the row is as versions before wrote it, all in clear.
    ADD COLUMN masked_url text,
    -- The URL's query and the custom headers; url and headers are without them then. Null: there are none.
    ADD COLUMN sealed_settings bytea;
  CREATE INDEX webhook_configs_clear_idx ON webhook_configs (webhook_id) WHERE masked_url IS NULL;
  ALTER TABLE webhook_revisions
    ADD COLUMN sealed_settings bytea,
    -- What of the changes concerns URL and headers, in full; changes has it masked.
    ADD COLUMN sealed_changes bytea;
`;

const HEALTH = `
  ALTER TABLE webhook_health
    -- Since then its secrets, URL or headers cannot be opened, so nothing goes out.
    ADD COLUMN unopenable_since timestamptz;
  CREATE INDEX webhook_health_unopenable_idx ON webhook_health (webhook_id) WHERE unopenable_since IS NOT NULL;
  CREATE CONSTRAINT TRIGGER webhook_health_unopenable AFTER UPDATE OF unopenable_since ON webhook_health
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.unopenable_since IS DISTINCT FROM NEW.unopenable_since)
    EXECUTE FUNCTION move_config_version();
`;

const KEYS = `
  CREATE TABLE sealing_keys (
    -- Layout and id of the key, as every value that it sealed begins.
    mark bytea PRIMARY KEY,
    -- Opens under the key itself alone.
    check_value bytea NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT now()
  );
`;

export class SealWebhookSettings1763776800001 implements MigrationInterface {
  name = 'SealWebhookSettings1763776800001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [WEBHOOKS, HEALTH, KEYS]) await runner.query(sql);
  }

  /** The version before reads nothing that is sealed in these columns, so it must not come to that. */
  async down(runner: QueryRunner): Promise<void> {
    const sealed = (await runner.query(
      'SELECT 1 FROM webhook_configs WHERE sealed_settings IS NOT NULL LIMIT 1',
    )) as unknown[];
    if (sealed.length > 0) {
      throw new Error(
        'Queries and headers of webhooks are sealed, and would be lost: restore a backup instead',
      );
    }
    await runner.query(`
      DROP TABLE sealing_keys;
      DELETE FROM alerts WHERE rule = 'cannot_sign';
      DROP TRIGGER webhook_health_unopenable ON webhook_health;
      ALTER TABLE webhook_health DROP COLUMN unopenable_since;
      ALTER TABLE webhook_revisions DROP COLUMN sealed_settings, DROP COLUMN sealed_changes;
      ALTER TABLE webhook_configs DROP COLUMN masked_url, DROP COLUMN sealed_settings;
    `);
  }
}
