/** Answers of receivers that may ask for a reply as a bot, until they are read. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddCallbackReplies1763794800000 implements MigrationInterface {
  name = 'AddCallbackReplies1763794800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE callback_replies (
        delivery_id uuid PRIMARY KEY,
        event_id uuid NOT NULL,
        webhook_id uuid NOT NULL,
        app_id uuid NOT NULL,
        answer text NOT NULL,
        is_truncated boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE callback_replies');
  }
}
