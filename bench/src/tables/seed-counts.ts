/**
 * Writes the statistics of a busy year as the service would have folded them: for each webhook and event a row for every
 * quarter of an hour, hour, four hours and day, with a histogram of durations.
 */
import pg from 'pg';
import { EVENT_SHARES, SEEDED_DAYS, STATUS_SHARES } from './seed-deliveries.js';

export interface CountsPlan {
  databaseUrl: string;
  /** Of a week; every week of the year had as many. */
  deliveries: number;
  webhookIds: readonly string[];
  days: number;
}

const GRAINS_MINUTES = [15, 60, 240, 1_440];
const QUARTERS_PER_DAY = 96;
/** Draws of the duration of an attempt, from which each bin's share is taken; as in the seeded deliveries. */
const DRAWS = 200_000;

/** The share of each bin of all durations. `duration_bin` is the service's own. */
const BINS = `
  CREATE TEMP TABLE seed_bins AS
  SELECT bin, count(*) / ${String(DRAWS)}.0::double precision AS share FROM (
    SELECT duration_bin((5 + 200 * power((n + 0.5) / ${String(DRAWS)}, 8))::real) AS bin
    FROM generate_series(0, ${String(DRAWS)} - 1) AS n
  ) AS drawn GROUP BY bin`;

/**
 * Parameters: webhooks, events, the share of each, deliveries of a webhook in a quarter, minutes of a row, since when.
 * A bin has what is expected of it, rounded up or down by chance, so that rare events have few bins. Chance needs the
 * conditions on `bucket_at`: without them PostgreSQL remembers what it drew for equal arguments.
 */
const SEED = `
  INSERT INTO delivery_counts (webhook_id, bucket_at, grain_minutes, event, total, succeeded, failed, canceled, skipped,
    retried, due, delivered, duration_sum_ms, bins, bin_counts)
  SELECT webhook_id, bucket_at, $5, event, total, succeeded, failed, canceled, total - succeeded - failed - canceled,
    failed * 8, succeeded + failed, succeeded, (succeeded + failed) * 27.0, bins, bin_counts
  FROM unnest($1::uuid[]) AS w(webhook_id) CROSS JOIN unnest($2::text[], $3::float8[]) AS e(event, share)
  CROSS JOIN generate_series($6::timestamptz, now(), $5 * interval '1 minute') AS b(bucket_at)
  CROSS JOIN LATERAL (
    SELECT floor($4::float8 * share * $5 / 15 + random())::integer AS total WHERE bucket_at IS NOT NULL
  ) AS t
  CROSS JOIN LATERAL (
    SELECT floor(total * ${String(STATUS_SHARES.success)} + random())::integer AS succeeded,
      floor(total * ${String(STATUS_SHARES.failed)})::integer AS failed,
      floor(total * ${String(STATUS_SHARES.canceled)})::integer AS canceled
  ) AS s
  CROSS JOIN LATERAL (
    SELECT array_agg(bin ORDER BY bin) AS bins, array_agg(n ORDER BY bin) AS bin_counts FROM (
      SELECT bin, floor((succeeded + failed) * seed_bins.share + random())::integer AS n FROM seed_bins
    ) AS expected WHERE n > 0 AND bucket_at IS NOT NULL
  ) AS h
  WHERE total > 0 AND bins IS NOT NULL`;

/** No process of the service may run meanwhile: what it folds would meet rows that are just being written. */
export async function seedCounts({ databaseUrl, deliveries, webhookIds, days }: CountsPlan): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('TRUNCATE delivery_counts');
    await client.query(`SET synchronous_commit = off; ${BINS}`);
    const perQuarter = deliveries / SEEDED_DAYS / QUARTERS_PER_DAY / webhookIds.length;
    const today = new Date();
    today.setUTCHours(0, 0, 0, 0);
    const from = new Date(today.getTime() - days * 86_400_000);
    for (const grain of GRAINS_MINUTES) {
      await client.query(SEED, [
        webhookIds,
        Object.keys(EVENT_SHARES),
        Object.values(EVENT_SHARES),
        perQuarter,
        grain,
        from,
      ]);
    }
    await client.query('VACUUM (ANALYZE) delivery_counts');
  } finally {
    await client.end();
  }
}
