/** Client certificates of webhooks: sealed with their key, and beside them what may be shown. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddClientCertificates1763780400000 implements MigrationInterface {
  name = 'AddClientCertificates1763780400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_configs
        ADD COLUMN client_certificate_ciphertext bytea,
        ADD COLUMN client_certificate_subject text,
        ADD COLUMN client_certificate_expires_at timestamptz,
        ADD CONSTRAINT webhook_configs_client_certificate CHECK (
          (client_certificate_ciphertext IS NULL) = (client_certificate_subject IS NULL)
          AND (client_certificate_ciphertext IS NULL) = (client_certificate_expires_at IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_configs
        DROP CONSTRAINT webhook_configs_client_certificate,
        DROP COLUMN client_certificate_ciphertext,
        DROP COLUMN client_certificate_subject,
        DROP COLUMN client_certificate_expires_at`);
  }
}
