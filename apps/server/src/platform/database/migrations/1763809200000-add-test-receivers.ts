/** The built-in test receivers of apps, with the last requests that each got. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE test_receivers (
    app_id uuid PRIMARY KEY REFERENCES apps,
    url_ciphertext bytea NOT NULL,
    -- SHA-256 of the whole address, by which deliveries find it, and of its token, by which requests from outside do.
    url_hash bytea NOT NULL,
    token_hash bytea NOT NULL CONSTRAINT test_receivers_token_hash_key UNIQUE,
    mode text NOT NULL,
    -- Requests so far: the number of a request, modulo those that are kept, is its slot.
    request_count bigint NOT NULL DEFAULT 0,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT test_receivers_mode_check CHECK (mode IN ('ok', 'fail', 'hang', 'refuse'))
  );

  -- Credentials among the headers are masked.
  CREATE TABLE test_receiver_requests (
    app_id uuid NOT NULL REFERENCES test_receivers ON DELETE CASCADE,
    slot smallint NOT NULL,
    request_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    method text NOT NULL,
    headers text NOT NULL,
    body bytea NOT NULL,
    body_bytes integer NOT NULL,
    signature_scheme text NOT NULL,
    signature_fault text,
    webhook_id uuid,
    is_from_outside boolean NOT NULL,
    answer_status smallint,
    PRIMARY KEY (app_id, slot)
  );
`;

export class AddTestReceivers1763809200000 implements MigrationInterface {
  name = 'AddTestReceivers1763809200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE test_receiver_requests, test_receivers');
  }
}
