/** A staged secret, and an old one that goes on for a while, beside each secret that signs. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['apps', 'webhook_configs'];

export class AddSecretRotation1763715600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`
        ALTER TABLE ${table}
          ADD COLUMN next_secret_ciphertext bytea,
          ADD COLUMN secret_staged_at timestamptz,
          ADD COLUMN previous_secret_ciphertext bytea,
          ADD COLUMN previous_secret_expires_at timestamptz,
          ADD CONSTRAINT ${table}_staged_secret_check
            CHECK ((next_secret_ciphertext IS NULL) = (secret_staged_at IS NULL)),
          ADD CONSTRAINT ${table}_previous_secret_check
            CHECK ((previous_secret_ciphertext IS NULL) = (previous_secret_expires_at IS NULL))
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`
        ALTER TABLE ${table}
          DROP COLUMN next_secret_ciphertext,
          DROP COLUMN secret_staged_at,
          DROP COLUMN previous_secret_ciphertext,
          DROP COLUMN previous_secret_expires_at
      `);
    }
  }
}
