/** Notes which member answers for an API token, also for one that a token made. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class OwnApiTokens1763820000000 implements MigrationInterface {
  name = 'OwnApiTokens1763820000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_tokens ADD COLUMN owner_email text');
    await runner.query('UPDATE api_tokens SET owner_email = created_by');
    await runner.query('ALTER TABLE api_tokens ALTER COLUMN owner_email SET NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE api_tokens DROP COLUMN owner_email');
  }
}
