/**
 * The indexes behind the filters of the delivery log, and the users an event names.
 *
 * Every index on `deliveries` is paid by every delivery, so those of what is unusual hold the unusual rows alone: a
 * delivery that succeeded with 200 is in none of them. Lists of an app merge those of its webhooks, so no index is
 * needed by app.
 *
 * NULLS LAST, although there are no nulls: an order that the primary key does not have. Asked for a page in that order,
 * PostgreSQL cannot decide to walk the primary key and pick out what fits, which for a webhook that is quiet among busy
 * ones would be a walk through the whole log.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const LOG_INDEXES = `
  DROP INDEX deliveries_app_idx, deliveries_failed_idx, deliveries_webhook_idx;
  CREATE INDEX deliveries_webhook_idx ON deliveries (webhook_id, delivery_id DESC NULLS LAST);
  CREATE INDEX deliveries_name_idx ON deliveries (webhook_id, event, delivery_id DESC NULLS LAST);
  CREATE INDEX deliveries_status_idx ON deliveries (webhook_id, status, delivery_id DESC NULLS LAST)
    WHERE status <> 'success';
  CREATE INDEX deliveries_kind_idx ON deliveries (webhook_id, kind, delivery_id DESC NULLS LAST) WHERE kind <> 'event';
  CREATE INDEX deliveries_response_idx ON deliveries (webhook_id, response_status, delivery_id DESC NULLS LAST)
    WHERE response_status <> 200 OR status <> 'success';
  CREATE INDEX deliveries_error_idx ON deliveries (webhook_id, error_class, delivery_id DESC NULLS LAST)
    WHERE error_class IS NOT NULL;

  DROP INDEX pending_deliveries_app_idx;
  CREATE INDEX pending_deliveries_webhook_idx ON pending_deliveries (webhook_id, delivery_id DESC NULLS LAST);
`;

const EVENT_INDEXES = `
  DROP INDEX events_app_idx, events_conversation_idx;
  CREATE INDEX events_app_idx ON events (app_id, event_id DESC NULLS LAST);
  CREATE INDEX events_conversation_idx ON events (app_id, conversation_id, event_id DESC NULLS LAST)
    WHERE conversation_id IS NOT NULL;
`;

// A row for each user an event names. As an array with a GIN index the events of one user would come in no order, and
// those of a busy one would have to be sorted for every page.
const EVENT_USERS = `
  CREATE TABLE event_users (
    app_id uuid NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    event_id uuid NOT NULL
  ) PARTITION BY RANGE (event_id);
  CREATE UNIQUE INDEX event_users_key ON event_users (app_id, user_id, event_id DESC NULLS LAST);
  CREATE TABLE event_users_default PARTITION OF event_users DEFAULT;
`;

export class SearchTheLog1763726400000 implements MigrationInterface {
  name = 'SearchTheLog1763726400000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [LOG_INDEXES, EVENT_INDEXES, EVENT_USERS]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE event_users;
      DROP INDEX events_app_idx, events_conversation_idx;
      CREATE INDEX events_app_idx ON events (app_id, event_id DESC);
      CREATE INDEX events_conversation_idx ON events (app_id, conversation_id, event_id DESC)
        WHERE conversation_id IS NOT NULL;
      DROP INDEX pending_deliveries_webhook_idx;
      CREATE INDEX pending_deliveries_app_idx ON pending_deliveries (app_id, delivery_id);
      DROP INDEX deliveries_webhook_idx, deliveries_name_idx, deliveries_status_idx, deliveries_kind_idx,
        deliveries_response_idx, deliveries_error_idx;
      CREATE INDEX deliveries_webhook_idx ON deliveries (webhook_id, delivery_id DESC);
      CREATE INDEX deliveries_app_idx ON deliveries (app_id, delivery_id DESC);
      CREATE INDEX deliveries_failed_idx ON deliveries (webhook_id, delivery_id DESC) WHERE status = 'failed';
    `);
  }
}
