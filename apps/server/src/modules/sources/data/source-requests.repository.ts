/** Keeps the last requests of each source and counts all of them by the minute. */
import { Injectable } from '@nestjs/common';
import { MAX_SOURCE_REQUESTS, type SourceOutcome } from '@im/contracts/api/source-constants';
import { DataSource } from 'typeorm';
import {
  HOURS,
  startOfHours,
  summarizeHours,
  type HourRow,
  type SourceActivity,
} from '../domain/summarize-hours.js';

export interface KeptRequest {
  requestId: string;
  sourceId: string;
  receivedAt: Date;
  method: string;
  path: string;
  remoteAddress: string;
  /** JSON. */
  headers: string;
  body: Buffer;
  bodyBytes: number;
  outcome: SourceOutcome;
  command: string | null;
  detail: string;
  eventIds: string[];
  answerStatus: number;
  answerBody: string;
  durationMs: number;
}

export interface SourceCounts {
  sourceId: string;
  minuteAt: Date;
  accepted: number;
  rejected: number;
  notUnderstood: number;
  failed: number;
}

@Injectable()
export class SourceRequestsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Adds requests and counts, and drops what is beyond the last ones. A source that is gone meanwhile is left out. */
  async record(requests: readonly KeptRequest[], counts: readonly SourceCounts[], now: Date): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO source_counts (source_id, minute_at, accepted, rejected, not_understood, failed)
         SELECT c.* FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::int[], $5::int[], $6::int[])
           AS c(source_id, minute_at, accepted, rejected, not_understood, failed) JOIN sources USING (source_id)
         ON CONFLICT (source_id, minute_at) DO UPDATE SET
           accepted = source_counts.accepted + excluded.accepted,
           rejected = source_counts.rejected + excluded.rejected,
           not_understood = source_counts.not_understood + excluded.not_understood,
           failed = source_counts.failed + excluded.failed`,
        [
          counts.map(({ sourceId }) => sourceId),
          counts.map(({ minuteAt }) => minuteAt),
          counts.map(({ accepted }) => accepted),
          counts.map(({ rejected }) => rejected),
          counts.map(({ notUnderstood }) => notUnderstood),
          counts.map(({ failed }) => failed),
        ],
      );
      const sourceIds = [...new Set(counts.map(({ sourceId }) => sourceId))];
      await manager.query(
        'UPDATE sources SET last_received_at = greatest(last_received_at, $2) WHERE source_id = ANY($1)',
        [sourceIds, now],
      );
      if (requests.length > 0) await manager.query(INSERT_REQUESTS, columnsOf(requests));
      await manager.query(
        `DELETE FROM source_requests r USING unnest($1::uuid[]) AS s(source_id)
         WHERE r.source_id = s.source_id AND r.request_id < (
           SELECT request_id FROM source_requests n WHERE n.source_id = s.source_id
           ORDER BY request_id DESC OFFSET $2 LIMIT 1)`,
        [sourceIds, MAX_SOURCE_REQUESTS - 1],
      );
    });
  }

  /** The newest first. @param outcome null: any */
  async list(sourceId: string, limit: number, outcome: SourceOutcome | null): Promise<KeptRequest[]> {
    return this.dataSource.query<KeptRequest[]>(
      `SELECT request_id AS "requestId", source_id AS "sourceId", received_at AS "receivedAt", method, path,
         remote_address AS "remoteAddress", headers, body, body_bytes AS "bodyBytes", outcome, command, detail,
         event_ids AS "eventIds", answer_status AS "answerStatus", answer_body AS "answerBody",
         duration_ms AS "durationMs"
       FROM source_requests WHERE source_id = $1 AND ($3::text IS NULL OR outcome = $3)
       ORDER BY request_id DESC LIMIT $2`,
      [sourceId, limit, outcome],
    );
  }

  /** In the hours before an instant. @returns the activity of any of the sources */
  async activityOf(sourceIds: readonly string[], now: Date): Promise<(sourceId: string) => SourceActivity> {
    const rows = await this.dataSource.query<({ sourceId: string } & HourRow)[]>(
      `SELECT source_id AS "sourceId",
         least(floor(extract(epoch FROM minute_at - $2) / 3600), $3)::int AS hour,
         sum(accepted)::float8 AS accepted, sum(rejected)::float8 AS rejected,
         sum(not_understood)::float8 AS "notUnderstood", sum(failed)::float8 AS failed
       FROM source_counts WHERE source_id = ANY($1) AND minute_at > $2 GROUP BY source_id, hour`,
      [sourceIds, startOfHours(now), HOURS - 1],
    );
    return (sourceId) =>
      summarizeHours(
        rows.filter((row) => row.sourceId === sourceId),
        now,
      );
  }

  /** @returns how many were removed */
  async removeCounts(before: Date): Promise<number> {
    const [, removed] = await this.dataSource.query<[unknown, number]>(
      'DELETE FROM source_counts WHERE minute_at < $1',
      [before],
    );
    return removed;
  }
}

/** One statement for all; the ids of events are an array of each row, so they come as its text. */
const INSERT_REQUESTS = `
  INSERT INTO source_requests (request_id, source_id, received_at, method, path, remote_address, headers, body, body_bytes,
    outcome, command, detail, event_ids, answer_status, answer_body, duration_ms)
  SELECT r.request_id, source_id, r.received_at, r.method, r.path, r.remote_address, r.headers, r.body, r.body_bytes,
    r.outcome, r.command, r.detail, r.event_ids::uuid[], r.answer_status, r.answer_body, r.duration_ms
  FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bytea[],
    $9::int[], $10::text[], $11::text[], $12::text[], $13::text[], $14::smallint[], $15::text[], $16::real[])
    AS r(request_id, source_id, received_at, method, path, remote_address, headers, body, body_bytes, outcome, command,
      detail, event_ids, answer_status, answer_body, duration_ms)
  JOIN sources USING (source_id)
  ON CONFLICT DO NOTHING`;

function columnsOf(requests: readonly KeptRequest[]): unknown[] {
  return [
    requests.map((request) => request.requestId),
    requests.map((request) => request.sourceId),
    requests.map((request) => request.receivedAt),
    requests.map((request) => request.method),
    requests.map((request) => request.path),
    requests.map((request) => request.remoteAddress),
    requests.map((request) => request.headers),
    requests.map((request) => request.body),
    requests.map((request) => request.bodyBytes),
    requests.map((request) => request.outcome),
    requests.map((request) => request.command),
    requests.map((request) => request.detail),
    requests.map((request) => `{${request.eventIds.join(',')}}`),
    requests.map((request) => request.answerStatus),
    requests.map((request) => request.answerBody),
    requests.map((request) => request.durationMs),
  ];
}
