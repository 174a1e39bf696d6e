/** Where alerts are told of, what is to be told, and how each channel is paced. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Empty app_ids or rules: all of them. The URL of a chat platform is its credential, so it is sealed like a secret.
const CHANNELS = `
  CREATE TABLE notification_channels (
    channel_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (kind IN ('email', 'webhook', 'dingtalk', 'feishu', 'wecom', 'slack')),
    name text NOT NULL,
    is_enabled boolean NOT NULL,
    language text NOT NULL CHECK (language IN ('zh', 'en')),
    min_severity text NOT NULL CHECK (min_severity IN ('warning', 'critical')),
    app_ids uuid[] NOT NULL,
    rules text[] NOT NULL,
    email jsonb,
    masked_url text,
    url_ciphertext bytea,
    secret_ciphertext bytea,
    created_by text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT notification_channels_target_check
      CHECK ((kind = 'email') = (email IS NOT NULL) AND (kind = 'email') = (url_ciphertext IS NULL))
  );
  CREATE INDEX notification_channels_tenant_idx ON notification_channels (tenant_id, channel_id DESC);
`;

// One process at a time sends for a channel, so that its pace holds however many workers there are.
const LANES = `
  CREATE TABLE notification_lanes (
    channel_id uuid PRIMARY KEY REFERENCES notification_channels ON DELETE CASCADE,
    lease_id uuid,
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    -- The platform asked to be left alone, or notices gather for one message.
    rests_until timestamptz NOT NULL DEFAULT '-infinity',
    -- When the messages of the last minute went out.
    message_times timestamptz[] NOT NULL DEFAULT '{}'
  );
`;

// content: the alerts as they were when it happened, so that a late message shows what was true then.
const NOTIFICATIONS = `
  CREATE TABLE notifications (
    notification_id uuid PRIMARY KEY,
    channel_id uuid NOT NULL REFERENCES notification_channels ON DELETE CASCADE,
    notice_id uuid NOT NULL,
    app_id uuid NOT NULL REFERENCES apps,
    kind text NOT NULL CHECK (kind IN ('opened', 'escalated', 'resolved', 'reminder', 'summary')),
    severity text NOT NULL CHECK (severity IN ('warning', 'critical')),
    content jsonb NOT NULL,
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed', 'canceled')),
    attempts smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    next_attempt_at timestamptz,
    last_attempt_at timestamptz,
    completed_at timestamptz,
    duration_ms real,
    response_status smallint,
    response_body text,
    error_message text,
    CONSTRAINT notifications_once_key UNIQUE (channel_id, notice_id),
    CONSTRAINT notifications_pending_is_due_check CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
  );
  CREATE INDEX notifications_due_idx ON notifications (channel_id, next_attempt_at) WHERE status = 'pending';
  CREATE INDEX notifications_log_idx ON notifications (channel_id, notification_id DESC);
  CREATE INDEX notifications_age_idx ON notifications (created_at);
`;

export class AddNotificationChannels1763755200000 implements MigrationInterface {
  name = 'AddNotificationChannels1763755200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [CHANNELS, LANES, NOTIFICATIONS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notifications, notification_lanes, notification_channels');
  }
}
