/** Second factors, sessions that can be named, operators of the installation, and tenants that can be suspended. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TENANTS = `
  ALTER TABLE tenants
    ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT false,
    -- Since then its members cannot log in; null: it is not suspended.
    ADD COLUMN suspended_at timestamptz;
  ALTER TABLE users ADD COLUMN is_operator boolean NOT NULL DEFAULT false;
  -- Who was there first has set the installation up.
  UPDATE users SET is_operator = true WHERE user_id = (
    SELECT user_id FROM users WHERE role = 'admin' AND NOT is_disabled ORDER BY created_at, user_id LIMIT 1
  );
`;

const SECOND_FACTORS = `
  CREATE TABLE second_factors (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    secret_ciphertext bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Null: set-up was begun and no code has been seen yet.
    confirmed_at timestamptz,
    -- The time step of the last code accepted; no code of it or of an earlier one is accepted again.
    last_used_step bigint
  );
  CREATE TABLE recovery_codes (
    user_id uuid NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, code_hash)
  );
`;

const SESSIONS = `
  ALTER TABLE sessions
    ADD COLUMN session_id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT sessions_session_id_key UNIQUE,
    ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'oidc'));
`;

// What is remembered of tokens and apps says whether their tenant is suspended, and of tokens their names.
const CONFIG_VERSION = `
  CREATE CONSTRAINT TRIGGER tenants_suspension AFTER UPDATE OF suspended_at ON tenants
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.suspended_at IS DISTINCT FROM NEW.suspended_at)
    EXECUTE FUNCTION move_config_version();
  CREATE CONSTRAINT TRIGGER api_tokens_rename AFTER UPDATE OF name ON api_tokens
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION move_config_version();
`;

export class AddSecondFactorAndTenants1763762400000 implements MigrationInterface {
  name = 'AddSecondFactorAndTenants1763762400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TENANTS, SECOND_FACTORS, SESSIONS, CONFIG_VERSION]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER api_tokens_rename ON api_tokens;
      DROP TRIGGER tenants_suspension ON tenants;
      ALTER TABLE sessions DROP COLUMN session_id, DROP COLUMN method;
      DROP TABLE recovery_codes;
      DROP TABLE second_factors;
      ALTER TABLE users DROP COLUMN is_operator;
      ALTER TABLE tenants DROP COLUMN requires_second_factor, DROP COLUMN suspended_at;
    `);
  }
}
