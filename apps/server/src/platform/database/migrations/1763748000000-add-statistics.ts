/**
 * Counts and durations of deliveries by webhook, event and time, and of attempts by minute; see docs/adr/0011.
 * The former hourly counters go into the totals; statistics are counted again from the log.
 */
import type { MigrationInterface, QueryRunner } from 'typeorm';

// The quarter of an hour in which a delivery was created: the first 48 bits of its id are milliseconds (RFC 9562).
// The bin of a duration: logarithmic, so that each bin is 2 % to either side of its middle (DDSketch).
const FUNCTIONS = `
  CREATE FUNCTION quarter_of(id uuid) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_timestamp(('x' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(48)::bigint / 900000 * 900)
  $$;
  CREATE FUNCTION duration_bin(duration_ms real) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ceil(ln(least(greatest(duration_ms::float8, 0.01), 1e7)) / ln(1.02::float8 / 0.98))::smallint
  $$;
`;

// Written once by a commit, read until it is folded, then removed: no index, and vacuumed early.
const DELTAS = `
  CREATE TABLE count_deltas (
    webhook_id uuid NOT NULL,
    bucket_at timestamptz NOT NULL,
    counted_at timestamptz NOT NULL DEFAULT now(),
    -- When the attempts began; null: nothing was attempted.
    minute_at timestamptz,
    last_attempt_at timestamptz,
    last_success_at timestamptz,
    duration_sum_ms double precision NOT NULL DEFAULT 0,
    total integer NOT NULL DEFAULT 0,
    succeeded integer NOT NULL DEFAULT 0,
    failed integer NOT NULL DEFAULT 0,
    canceled integer NOT NULL DEFAULT 0,
    skipped integer NOT NULL DEFAULT 0,
    -- Failed attempts that did not end their delivery; then the bins are theirs, else those of what ended.
    retried integer NOT NULL DEFAULT 0,
    event text NOT NULL,
    bins smallint[]
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_threshold = 50000);
`;

// The same counts by quarters, hours, four hours and days (UTC): any span in any time zone is a few of them.
const COUNTS = `
  CREATE TABLE delivery_counts (
    webhook_id uuid NOT NULL,
    bucket_at timestamptz NOT NULL,
    grain_minutes smallint NOT NULL CHECK (grain_minutes IN (15, 60, 240, 1440)),
    event text NOT NULL,
    total integer NOT NULL,
    succeeded integer NOT NULL,
    failed integer NOT NULL,
    canceled integer NOT NULL,
    skipped integer NOT NULL,
    duration_sum_ms double precision NOT NULL,
    bins smallint[] NOT NULL,
    bin_counts integer[] NOT NULL,
    PRIMARY KEY (webhook_id, grain_minutes, bucket_at, event)
  ) WITH (fillfactor = 80);
  CREATE INDEX delivery_counts_age_idx ON delivery_counts (bucket_at);

  CREATE TABLE attempt_windows (
    webhook_id uuid NOT NULL,
    minute_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    failures integer NOT NULL,
    bins smallint[] NOT NULL,
    bin_counts integer[] NOT NULL,
    PRIMARY KEY (webhook_id, minute_at)
  ) WITH (fillfactor = 80);
  CREATE INDEX attempt_windows_age_idx ON attempt_windows (minute_at);
`;

const TOTALS = `
  INSERT INTO webhook_stats_total AS t (webhook_id, planned, succeeded, failed, canceled, last_attempt_at, last_success_at)
  SELECT webhook_id, sum(planned), sum(succeeded), sum(failed), sum(canceled), max(last_attempt_at), max(last_success_at)
  FROM webhook_stats_hourly WHERE writer_id >= 0 GROUP BY webhook_id
  ON CONFLICT (webhook_id) DO UPDATE SET planned = t.planned + excluded.planned,
    succeeded = t.succeeded + excluded.succeeded, failed = t.failed + excluded.failed,
    canceled = t.canceled + excluded.canceled,
    last_attempt_at = greatest(t.last_attempt_at, excluded.last_attempt_at),
    last_success_at = greatest(t.last_success_at, excluded.last_success_at);
  DROP TABLE webhook_stats_hourly;
  ALTER TABLE webhook_stats_total RENAME TO webhook_totals;
  ALTER TABLE webhook_totals RENAME COLUMN planned TO total;
  ALTER TABLE webhook_totals ADD COLUMN skipped bigint NOT NULL DEFAULT 0;
`;

const FROM_THE_LOG = `
  WITH cells AS (
    SELECT webhook_id, grain_minutes,
      date_bin(grain_minutes * interval '1 minute', quarter_of(delivery_id), 'epoch'::timestamptz) AS bucket_at, event, status,
      CASE WHEN status IN ('success', 'failed') AND duration_ms IS NOT NULL THEN duration_bin(duration_ms) END AS bin,
      count(*)::integer AS n, coalesce(sum(duration_ms::float8), 0) AS sum_ms
    FROM delivery_log CROSS JOIN (VALUES (15), (60), (240), (1440)) AS g(grain_minutes)
    WHERE kind <> 'test' GROUP BY 1, 2, 3, 4, 5, 6
  ), binned AS (
    SELECT webhook_id, grain_minutes, bucket_at, event, bin, sum(n)::integer AS n FROM cells
    WHERE bin IS NOT NULL GROUP BY 1, 2, 3, 4, 5
  ), histograms AS (
    SELECT webhook_id, grain_minutes, bucket_at, event, array_agg(bin ORDER BY bin) AS bins,
      array_agg(n ORDER BY bin) AS bin_counts
    FROM binned GROUP BY 1, 2, 3, 4
  ), counts AS (
    SELECT webhook_id, grain_minutes, bucket_at, event, sum(n) AS total,
      coalesce(sum(n) FILTER (WHERE status = 'success'), 0) AS succeeded,
      coalesce(sum(n) FILTER (WHERE status = 'failed'), 0) AS failed,
      coalesce(sum(n) FILTER (WHERE status = 'canceled'), 0) AS canceled,
      coalesce(sum(n) FILTER (WHERE status = 'skipped'), 0) AS skipped,
      coalesce(sum(sum_ms) FILTER (WHERE bin IS NOT NULL), 0) AS duration_sum_ms
    FROM cells GROUP BY 1, 2, 3, 4
  )
  INSERT INTO delivery_counts (webhook_id, grain_minutes, bucket_at, event, total, succeeded, failed, canceled, skipped,
    duration_sum_ms, bins, bin_counts)
  SELECT c.*, coalesce(h.bins, '{}'), coalesce(h.bin_counts, '{}')
  FROM counts c LEFT JOIN histograms h USING (webhook_id, grain_minutes, bucket_at, event)
`;

const BACK = `
  INSERT INTO webhook_totals AS t (webhook_id, total, succeeded, failed, canceled, skipped, last_attempt_at, last_success_at)
  SELECT webhook_id, sum(total), sum(succeeded), sum(failed), sum(canceled), sum(skipped), max(last_attempt_at),
    max(last_success_at)
  FROM count_deltas GROUP BY webhook_id
  ON CONFLICT (webhook_id) DO UPDATE SET total = t.total + excluded.total,
    succeeded = t.succeeded + excluded.succeeded, failed = t.failed + excluded.failed,
    canceled = t.canceled + excluded.canceled, skipped = t.skipped + excluded.skipped,
    last_attempt_at = greatest(t.last_attempt_at, excluded.last_attempt_at),
    last_success_at = greatest(t.last_success_at, excluded.last_success_at);
  UPDATE webhook_totals SET canceled = canceled + skipped;
  ALTER TABLE webhook_totals DROP COLUMN skipped;
  ALTER TABLE webhook_totals RENAME COLUMN total TO planned;
  ALTER TABLE webhook_totals RENAME TO webhook_stats_total;

  CREATE TABLE webhook_stats_hourly (
    webhook_id uuid NOT NULL,
    bucket_at timestamptz NOT NULL,
    writer_id smallint NOT NULL,
    planned bigint NOT NULL DEFAULT 0,
    succeeded bigint NOT NULL DEFAULT 0,
    failed bigint NOT NULL DEFAULT 0,
    canceled bigint NOT NULL DEFAULT 0,
    last_attempt_at timestamptz,
    last_success_at timestamptz,
    PRIMARY KEY (webhook_id, bucket_at, writer_id)
  ) WITH (fillfactor = 70);
  CREATE INDEX webhook_stats_unfolded_idx ON webhook_stats_hourly (webhook_id, bucket_at) WHERE writer_id >= 0;
  CREATE INDEX webhook_stats_folded_idx ON webhook_stats_hourly (bucket_at) WHERE writer_id < 0;
  INSERT INTO webhook_stats_hourly (webhook_id, bucket_at, writer_id, planned, succeeded, failed, canceled)
  SELECT webhook_id, bucket_at, -1, sum(total), sum(succeeded), sum(failed), sum(canceled + skipped)
  FROM delivery_counts WHERE grain_minutes = 60 GROUP BY webhook_id, bucket_at;

  DROP TABLE count_deltas, delivery_counts, attempt_windows;
  DROP FUNCTION quarter_of, duration_bin;
`;

export class AddStatistics1763748000000 implements MigrationInterface {
  name = 'AddStatistics1763748000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [FUNCTIONS, DELTAS, COUNTS, TOTALS, FROM_THE_LOG]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(BACK);
  }
}
