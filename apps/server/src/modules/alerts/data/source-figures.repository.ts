/** Finds sources that are silent or reject requests: a statement for any number of sources. */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SourceRequests } from '../domain/evaluate-sources.js';
import { IS_DISMISSED, IS_UNRESOLVED } from './alert-columns.js';
import { IS_ACTIVE_SOURCE } from './round-subjects.js';

/** Since when silence of a source counts as too long: of an app, or of every app that set nothing. null: never. */
export interface SilenceLimits {
  ofApps: ReadonlyMap<string, Date | null>;
  ofOthers: Date | null;
}

/** Those that are found beyond it have their turn in the next round. */
const MAX_NEWLY_SILENT = 1_000;

const SILENT = `
  SELECT s.source_id AS "sourceId"
  FROM sources s LEFT JOIN unnest($1::uuid[], $2::timestamptz[]) AS l(app_id, silent_since) USING (app_id)
  WHERE greatest(s.last_received_at, s.resumed_at) < CASE WHEN l.app_id IS NULL THEN $3 ELSE l.silent_since END
    AND s.last_received_at IS NOT NULL AND ${IS_ACTIVE_SOURCE}
    AND NOT EXISTS (SELECT FROM alerts a WHERE a.source_id = s.source_id AND a.rule = 'source_silent' AND ${IS_UNRESOLVED})
    AND NOT EXISTS (SELECT FROM alerts a WHERE a.source_id = s.source_id AND a.rule = 'source_silent' AND ${IS_DISMISSED})
  ORDER BY s.last_received_at LIMIT $4`;

// First the sources with too many that were not accepted, by an index of such minutes; then all requests of those few.
const NOT_ACCEPTED = `
  WITH found AS (
    SELECT c.source_id, sum(c.rejected)::float8 AS rejected, sum(c.not_understood)::float8 AS not_understood,
      sum(c.failed)::float8 AS failed, greatest(date_trunc('minute', $2::timestamptz), s.resumed_at) AS since
    FROM source_counts c JOIN sources s USING (source_id)
    WHERE c.rejected + c.not_understood + c.failed > 0 AND c.minute_at >= date_trunc('minute', $2::timestamptz)
      AND (s.resumed_at IS NULL OR c.minute_at >= s.resumed_at) AND ($1::uuid[] IS NULL OR s.app_id = ANY($1))
    GROUP BY c.source_id, s.resumed_at HAVING sum(c.rejected + c.not_understood + c.failed) >= $3
  )
  SELECT source_id AS "sourceId", rejected, not_understood AS "notUnderstood", failed, (
    SELECT sum(c.accepted + c.rejected + c.not_understood + c.failed)::float8 FROM source_counts c
    WHERE c.source_id = found.source_id AND c.minute_at >= found.since) AS requests
  FROM found`;

@Injectable()
export class SourceFiguresRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Active sources that fell silent and have no alert about it yet, those that have been silent for longest first. */
  async newlySilent({ ofApps, ofOthers }: SilenceLimits): Promise<string[]> {
    const rows = await this.dataSource.query<{ sourceId: string }[]>(SILENT, [
      [...ofApps.keys()],
      [...ofApps.values()],
      ofOthers,
      MAX_NEWLY_SILENT,
    ]);
    return rows.map(({ sourceId }) => sourceId);
  }

  /**
   * Counts the requests of sources, leaving out what came during a pause, and the minute in which one ended.
   *
   * @param appIds null: all
   * @param sinceAt requests of its minute or later count
   * @param atLeast sources with fewer requests that were not accepted are left out
   */
  countNotAccepted(
    appIds: readonly string[] | null,
    sinceAt: Date,
    atLeast: number,
  ): Promise<(SourceRequests & { sourceId: string })[]> {
    return this.dataSource.query(NOT_ACCEPTED, [appIds, sinceAt.toISOString(), atLeast]);
  }
}
