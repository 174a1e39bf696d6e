/**
 * Recoveries: replays of many deliveries, worked off bit by bit. A delivery that belongs to one says so, and stands in
 * indexes of its own while it waits: what comes in at the moment is found without stepping over it.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const RECOVERIES = `
  CREATE TABLE recoveries (
    recovery_id uuid PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhook_configs,
    app_id uuid NOT NULL REFERENCES apps,
    status_filter text NOT NULL CHECK (status_filter IN ('failed', 'skipped', 'missing')),
    -- Names and families as a webhook has them; none: every event.
    events text[] NOT NULL,
    from_at timestamptz NOT NULL,
    to_at timestamptz NOT NULL,
    rate_per_second integer NOT NULL CHECK (rate_per_second > 0),
    state text NOT NULL CHECK (state IN ('running', 'paused', 'completed', 'canceled', 'failed')),
    -- Why it is paused or failed, where no person asked for it.
    reason text,
    -- Why a running one schedules nothing at the moment.
    waiting_for text,
    -- Everything below has been looked at; ids begin with their time.
    cursor_id uuid NOT NULL,
    -- The first id that is none of its business.
    end_id uuid NOT NULL,
    is_scanned boolean NOT NULL DEFAULT false,
    -- How many there are to look at, counted at the start; null: not counted.
    total bigint,
    scheduled bigint NOT NULL DEFAULT 0,
    already_delivered bigint NOT NULL DEFAULT 0,
    already_pending bigint NOT NULL DEFAULT 0,
    already_repeated bigint NOT NULL DEFAULT 0,
    payload_expired bigint NOT NULL DEFAULT 0,
    succeeded bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    canceled bigint NOT NULL DEFAULT 0,
    -- Up to when the rate has been used up.
    paced_at timestamptz NOT NULL DEFAULT now(),
    -- When a worker last looked at it, and how long it has run, without pauses.
    stepped_at timestamptz NOT NULL DEFAULT now(),
    worked_ms bigint NOT NULL DEFAULT 0,
    -- Until then a worker has it; claim_number tells that worker from later ones.
    claimable_at timestamptz NOT NULL DEFAULT now(),
    claim_number integer NOT NULL DEFAULT 0,
    -- It has ended, and nothing of it waits any more.
    is_settled boolean NOT NULL DEFAULT false,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    finished_at timestamptz
  );
  CREATE INDEX recoveries_webhook_idx ON recoveries (webhook_id, recovery_id DESC);
  CREATE INDEX recoveries_unsettled_idx ON recoveries (claimable_at) WHERE NOT is_settled;
  CREATE INDEX recoveries_running_idx ON recoveries (webhook_id, recovery_id) WHERE state = 'running';
  CREATE INDEX recoveries_age_idx ON recoveries (finished_at) WHERE is_settled;

  -- Outcomes of deliveries, in the commit that ended them; the worker of the recovery adds them up. Rows of their
  -- own, so that recording outcomes never waits for a lock on the recovery.
  CREATE TABLE recovery_tallies (
    recovery_id uuid NOT NULL,
    succeeded integer NOT NULL,
    failed integer NOT NULL,
    canceled integer NOT NULL
  );
  CREATE INDEX recovery_tallies_idx ON recovery_tallies (recovery_id);
`;

const DELIVERIES = `
  ALTER TABLE deliveries ADD COLUMN recovery_id uuid;
  ALTER TABLE pending_deliveries ADD COLUMN recovery_id uuid;
  DROP INDEX pending_deliveries_claim_idx, pending_deliveries_order_idx;
  CREATE INDEX pending_deliveries_claim_idx ON pending_deliveries (webhook_id, claimable_at)
    WHERE conversation_id IS NULL AND recovery_id IS NULL;
  CREATE INDEX pending_deliveries_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq)
    WHERE conversation_id IS NOT NULL AND recovery_id IS NULL;
  CREATE INDEX pending_deliveries_recovery_idx ON pending_deliveries (recovery_id, claimable_at)
    WHERE recovery_id IS NOT NULL;
  CREATE INDEX pending_deliveries_recovery_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq)
    WHERE recovery_id IS NOT NULL AND conversation_id IS NOT NULL;
`;

export class AddRecoveries1763744400000 implements MigrationInterface {
  name = 'AddRecoveries1763744400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [RECOVERIES, DELIVERIES]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX pending_deliveries_claim_idx, pending_deliveries_order_idx, pending_deliveries_recovery_idx,
        pending_deliveries_recovery_order_idx;
      CREATE INDEX pending_deliveries_claim_idx ON pending_deliveries (webhook_id, claimable_at)
        WHERE conversation_id IS NULL;
      CREATE INDEX pending_deliveries_order_idx ON pending_deliveries (webhook_id, conversation_id, accepted_seq)
        WHERE conversation_id IS NOT NULL;
      ALTER TABLE pending_deliveries DROP COLUMN recovery_id;
      ALTER TABLE deliveries DROP COLUMN recovery_id;
      DROP TABLE recovery_tallies, recoveries;
    `);
  }
}
