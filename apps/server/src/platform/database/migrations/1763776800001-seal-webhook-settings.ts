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

/** Whether one of these columns holds a value in the layout that names its key. */
const secretsOf = (table: string, ...columns: string[]): string =>
  `EXISTS (SELECT FROM ${table} WHERE '\\x02' IN (${columns.map((name) => `substring(${name} FOR 1)`).join(', ')}))`;

const ROTATED = ['secret_ciphertext', 'next_secret_ciphertext', 'previous_secret_ciphertext'];

const UNREADABLE = [
  [
    'Queries and headers of webhooks are sealed',
    'EXISTS (SELECT FROM webhook_configs WHERE sealed_settings IS NOT NULL)',
  ],
  [
    'Parts of the revisions of webhooks are sealed',
    'EXISTS (SELECT FROM webhook_revisions WHERE coalesce(sealed_settings, sealed_changes) IS NOT NULL)',
  ],
  [
    'Secrets are sealed in a layout that the version before cannot read',
    [
      secretsOf('apps', ...ROTATED),
      secretsOf('webhook_configs', ...ROTATED),
      secretsOf('notification_channels', 'url_ciphertext', 'secret_ciphertext'),
      secretsOf('second_factors', 'secret_ciphertext'),
    ].join(' OR '),
  ],
] as const;

export class SealWebhookSettings1763776800001 implements MigrationInterface {
  name = 'SealWebhookSettings1763776800001';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [WEBHOOKS, HEALTH, KEYS]) await runner.query(sql);
  }

  /** The version before can read neither what is sealed in these columns nor the layout in which secrets are sealed since. */
  async down(runner: QueryRunner): Promise<void> {
    for (const [what, condition] of UNREADABLE) {
      const found = (await runner.query(`SELECT 1 WHERE ${condition}`)) as unknown[];
      if (found.length > 0) throw new Error(`${what}, and would be lost: restore a backup instead`);
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
