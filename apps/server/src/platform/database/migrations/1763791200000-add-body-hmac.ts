/** The signature scheme `body-hmac` with its prefix, the format `flat`, and ids that tenants have for their apps. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddBodyHmac1763791200000 implements MigrationInterface {
  name = 'AddBodyHmac1763791200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_configs
        ADD COLUMN signature_prefix text NOT NULL DEFAULT 'X-App',
        ADD CONSTRAINT webhook_configs_signature_prefix_check
          CHECK (signature_prefix ~ '^[A-Za-z][A-Za-z0-9-]{0,30}$'),
        DROP CONSTRAINT webhook_configs_format_check,
        ADD CONSTRAINT webhook_configs_format_check
          CHECK (format IN ('im', 'standard-webhooks', 'cloudevents', 'raw', 'flat')),
        DROP CONSTRAINT webhook_configs_signature_scheme_check,
        ADD CONSTRAINT webhook_configs_signature_scheme_check
          CHECK (signature_scheme IN ('x-app', 'standard-webhooks', 'body-hmac'));

      UPDATE webhook_revisions SET settings = settings || '{"signaturePrefix": "X-App"}';

      ALTER TABLE apps ADD COLUMN external_id text;
      CREATE UNIQUE INDEX apps_external_id_key ON apps (tenant_id, external_id)
        WHERE external_id IS NOT NULL AND deleted_at IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX apps_external_id_key;
      ALTER TABLE apps DROP COLUMN external_id;

      UPDATE webhook_revisions SET settings = settings - 'signaturePrefix';

      -- An earlier version knows neither the scheme nor the format.
      UPDATE webhook_configs SET format = 'im' WHERE format = 'flat';
      UPDATE webhook_configs SET signature_scheme = 'x-app' WHERE signature_scheme = 'body-hmac';
      ALTER TABLE webhook_configs
        DROP COLUMN signature_prefix,
        DROP CONSTRAINT webhook_configs_format_check,
        ADD CONSTRAINT webhook_configs_format_check
          CHECK (format IN ('im', 'standard-webhooks', 'cloudevents', 'raw')),
        DROP CONSTRAINT webhook_configs_signature_scheme_check,
        ADD CONSTRAINT webhook_configs_signature_scheme_check
          CHECK (signature_scheme IN ('x-app', 'standard-webhooks'))`);
  }
}
