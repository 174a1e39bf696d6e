/** Alert rules and quiet hours of an app, rounds over the rules that look at a stretch of time, and what people are to be told. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// rules: what was set, by rule; a field that is absent takes the default that the contracts name.
const SETTINGS = `
  CREATE TABLE alert_settings (
    app_id uuid PRIMARY KEY REFERENCES apps,
    rules jsonb NOT NULL,
    renotify_after_minutes integer NOT NULL,
    quiet_hours jsonb,
    updated_at timestamptz NOT NULL,
    updated_by text NOT NULL
  );
`;

// The row is the lock of a round and says when the next is due. The process that locks it runs the round; if it dies,
// the round is run again.
const ROUNDS = `
  CREATE TABLE alert_rounds (
    is_only_row boolean PRIMARY KEY DEFAULT true CHECK (is_only_row),
    next_at timestamptz NOT NULL
  );
  INSERT INTO alert_rounds (next_at) VALUES ('-infinity');
`;

// clear_since: its condition has been gone since then, but not yet for long enough.
const ALERTS = `
  ALTER TABLE alerts
    ADD COLUMN clear_since timestamptz,
    ADD COLUMN reminders smallint NOT NULL DEFAULT 0,
    ADD COLUMN next_reminder_at timestamptz;
  CREATE INDEX alerts_reminder_idx ON alerts (next_reminder_at) WHERE status = 'open' AND next_reminder_at IS NOT NULL;
  CREATE INDEX alerts_dismissed_idx ON alerts (webhook_id, rule, alert_id DESC)
    WHERE status = 'resolved' AND resolved_by <> 'system';
  CREATE INDEX alerts_dismissed_rule_idx ON alerts (rule)
    WHERE status = 'resolved' AND resolved_by <> 'system' AND clear_since IS NULL;
  CREATE INDEX alerts_age_idx ON alerts (resolved_at) WHERE status = 'resolved';
`;

// What happened to an alert and has to be told, written in the commit that did it. What quiet hours hold back hangs on
// the summary that goes out at their end; an app has one such summary at a time.
const NOTICES = `
  CREATE TABLE alert_notices (
    notice_id uuid PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps,
    alert_id uuid REFERENCES alerts ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('opened', 'escalated', 'resolved', 'reminder', 'summary')),
    severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
    detail jsonb,
    created_at timestamptz NOT NULL,
    deliver_after timestamptz NOT NULL,
    summary_id uuid REFERENCES alert_notices ON DELETE CASCADE,
    handled_at timestamptz,
    CONSTRAINT alert_notices_subject_check CHECK ((kind = 'summary') = (alert_id IS NULL))
  );
  CREATE INDEX alert_notices_due_idx ON alert_notices (deliver_after, notice_id)
    WHERE handled_at IS NULL AND summary_id IS NULL;
  CREATE UNIQUE INDEX alert_notices_one_summary_key ON alert_notices (app_id)
    WHERE kind = 'summary' AND handled_at IS NULL;
  CREATE INDEX alert_notices_alert_idx ON alert_notices (alert_id, notice_id);
  CREATE INDEX alert_notices_summary_idx ON alert_notices (summary_id) WHERE summary_id IS NOT NULL;
`;

export class AddAlertRules1763751600000 implements MigrationInterface {
  name = 'AddAlertRules1763751600000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SETTINGS, ROUNDS, ALERTS, NOTICES]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE alert_notices, alert_rounds, alert_settings;
      DROP INDEX alerts_age_idx, alerts_dismissed_rule_idx, alerts_dismissed_idx, alerts_reminder_idx;
      ALTER TABLE alerts DROP COLUMN clear_since, DROP COLUMN reminders, DROP COLUMN next_reminder_at;
      -- The version before knows three rules.
      DELETE FROM alerts WHERE rule NOT IN ('consecutive_failures', 'delivery_exhausted', 'webhook_disabled');
    `);
  }
}
