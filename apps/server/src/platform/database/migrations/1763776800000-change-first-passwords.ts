/** Passwords that another member set are changed by their owners before anything else. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ChangeFirstPasswords1763776800000 implements MigrationInterface {
  name = 'ChangeFirstPasswords1763776800000';

  async up(runner: QueryRunner): Promise<void> {
    // Who set the passwords of before is not known; their owners are left in peace.
    await runner.query('ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN must_change_password');
  }
}
