/** The first answers of requests that create something and carried an Idempotency-Key. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = `
  CREATE TABLE idempotent_requests (
    request_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- SHA-256 of the key with its caller, route and app.
    key_hash bytea NOT NULL CONSTRAINT idempotent_requests_key_hash_key UNIQUE,
    -- Sealed: the hash of the request's body and, once it is answered, the answer.
    content_ciphertext bytea NOT NULL,
    is_answered boolean NOT NULL,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX idempotent_requests_tenant_idx ON idempotent_requests (tenant_id);
  CREATE INDEX idempotent_requests_created_at_idx ON idempotent_requests (created_at);
`;

export class KeepFirstAnswers1763827200000 implements MigrationInterface {
  name = 'KeepFirstAnswers1763827200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotent_requests');
  }
}
