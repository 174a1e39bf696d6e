/** Links that show a customer's developer some webhooks of an app, without an account. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = `
  CREATE TABLE portal_links (
    link_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    app_id uuid NOT NULL REFERENCES apps,
    name text NOT NULL,
    -- SHA-256 of the token in the link.
    token_hash bytea NOT NULL CONSTRAINT portal_links_token_hash_key UNIQUE,
    -- NULL: all of the app.
    webhook_ids uuid[],
    permissions text[] NOT NULL,
    allowed_origins text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL
  );
  CREATE INDEX portal_links_app_idx ON portal_links (app_id, link_id DESC);
  CREATE INDEX portal_links_expiry_idx ON portal_links (expires_at);
  -- Every process knows at once when a link is revoked. Only last_used_at changes otherwise.
  CREATE CONSTRAINT TRIGGER portal_links_change AFTER DELETE ON portal_links
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
`;

export class AddPortalLinks1763812800000 implements MigrationInterface {
  name = 'AddPortalLinks1763812800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE portal_links');
  }
}
