/** When a channel was last tested: tests are spaced out across all processes. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SpaceChannelTests1763766000000 implements MigrationInterface {
  name = 'SpaceChannelTests1763766000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification_channels ADD COLUMN tested_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification_channels DROP COLUMN tested_at');
  }
}
