/**
 * Every change of a webhook's settings as a numbered revision, so that it can be said who changed what, and which
 * settings were in force when an event came.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
  ALTER TABLE webhook_configs ADD COLUMN revision integer NOT NULL DEFAULT 1 CHECK (revision > 0);

  CREATE TABLE webhook_revisions (
    webhook_id uuid NOT NULL REFERENCES webhook_configs,
    revision integer NOT NULL CHECK (revision > 0),
    -- Never before that of the revision before, whatever the clocks of several machines say.
    revised_at timestamptz NOT NULL,
    revised_by text NOT NULL,
    -- found: the settings a webhook had when revisions began to be kept.
    kind text NOT NULL CHECK (kind IN ('created', 'updated', 'deleted', 'found')),
    changes jsonb NOT NULL,
    settings jsonb NOT NULL,
    PRIMARY KEY (webhook_id, revision)
  );
`;

/** Header values that look like credentials, as the log of attempts masks them. */
const MASKED_HEADERS = String.raw`(
  SELECT coalesce(jsonb_object_agg(key, CASE
    WHEN value <> '' AND key ~* 'auth|cookie|token|secret|passw|passphrase|credential|session|signature|api-?key|jwt|(^|[-_])(key|pwd|pass)$'
      THEN left(value, least(4, char_length(value) / 4)) || '****'
    ELSE value END), '{}')
  FROM jsonb_each_text(w.headers))`;

const BACKFILL = `
  INSERT INTO webhook_revisions (webhook_id, revision, revised_at, revised_by, kind, changes, settings)
  SELECT webhook_id, number, CASE number WHEN 1 THEN created_at ELSE greatest(created_at, deleted_at) END,
    CASE number WHEN 1 THEN created_by ELSE 'system' END, CASE number WHEN 1 THEN 'found' ELSE 'deleted' END, '[]',
    jsonb_build_object(
      'name', name, 'description', description, 'url', url, 'enabled', is_enabled, 'disabledReason', disabled_reason,
      'events', events, 'headers', ${MASKED_HEADERS}, 'timeoutMs', timeout_ms, 'retryPolicy', retry_policy,
      'ordering', ordering, 'batch', batch, 'format', format, 'signature', signature_scheme,
      'rateLimitPerSecond', rate_limit_per_second, 'hasSecret', secret_ciphertext IS NOT NULL,
      'isSecretStaged', next_secret_ciphertext IS NOT NULL)
  FROM webhook_configs w CROSS JOIN generate_series(1, CASE WHEN deleted_at IS NULL THEN 1 ELSE 2 END) AS number;
  UPDATE webhook_configs SET revision = 2 WHERE deleted_at IS NOT NULL;
`;

export class AddWebhookRevisions1763733600000 implements MigrationInterface {
  name = 'AddWebhookRevisions1763733600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLE, BACKFILL]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_revisions; ALTER TABLE webhook_configs DROP COLUMN revision');
  }
}
