/** How a webhook wants its callbacks: order, batches, format, signature scheme, rate. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddDeliverySettings1763719200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_configs
        ADD COLUMN ordering text NOT NULL DEFAULT 'none',
        ADD COLUMN batch jsonb,
        ADD COLUMN format text NOT NULL DEFAULT 'im',
        ADD COLUMN signature_scheme text NOT NULL DEFAULT 'x-app',
        ADD COLUMN rate_limit_per_second integer NOT NULL DEFAULT 0,
        ADD CONSTRAINT webhook_configs_ordering_check CHECK (ordering IN ('none', 'conversation')),
        ADD CONSTRAINT webhook_configs_batch_check CHECK (batch IS NULL OR coalesce(
          (batch->>'maxEvents')::int BETWEEN 2 AND 100 AND (batch->>'maxWaitMs')::int BETWEEN 10 AND 60000, false)),
        ADD CONSTRAINT webhook_configs_format_check
          CHECK (format IN ('im', 'standard-webhooks', 'cloudevents', 'raw')),
        ADD CONSTRAINT webhook_configs_raw_alone_check CHECK (format <> 'raw' OR batch IS NULL),
        ADD CONSTRAINT webhook_configs_signature_scheme_check
          CHECK (signature_scheme IN ('x-app', 'standard-webhooks')),
        ADD CONSTRAINT webhook_configs_rate_limit_check CHECK (rate_limit_per_second BETWEEN 0 AND 10000)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_configs
        DROP COLUMN ordering,
        DROP COLUMN batch,
        DROP COLUMN format,
        DROP COLUMN signature_scheme,
        DROP COLUMN rate_limit_per_second
    `);
  }
}
