/** Keeps the last requests of each source and counts all of them by the minute. */
import { Injectable } from '@nestjs/common';
import { MAX_SOURCE_REQUESTS, type SourceOutcome } from '@im/contracts/api/source-constants';
import type { SourceCounters } from '@im/contracts/api/sources';
import { DataSource } from 'typeorm';

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

const DAY_MS = 86_400_000;
const NONE: SourceCounters = { received: 0, accepted: 0, rejected: 0, notUnderstood: 0, failed: 0 };

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
      for (const request of requests) await manager.query(INSERT_REQUEST, parametersOf(request));
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

  /** Of the 24 hours before an instant. */
  async countersOf(sourceIds: readonly string[], now: Date): Promise<(sourceId: string) => SourceCounters> {
    const rows = await this.dataSource.query<({ sourceId: string } & SourceCounters)[]>(
      `SELECT source_id AS "sourceId",
         sum(accepted + rejected + not_understood + failed)::float8 AS received,
         sum(accepted)::float8 AS accepted, sum(rejected)::float8 AS rejected,
         sum(not_understood)::float8 AS "notUnderstood", sum(failed)::float8 AS failed
       FROM source_counts WHERE source_id = ANY($1) AND minute_at > $2 GROUP BY source_id`,
      [sourceIds, new Date(now.getTime() - DAY_MS)],
    );
    const found = new Map(rows.map(({ sourceId, ...counters }) => [sourceId, counters]));
    return (sourceId) => found.get(sourceId) ?? NONE;
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

const INSERT_REQUEST = `
  INSERT INTO source_requests (request_id, source_id, received_at, method, path, remote_address, headers, body, body_bytes,
    outcome, command, detail, event_ids, answer_status, answer_body, duration_ms)
  SELECT $1, source_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 FROM sources WHERE source_id = $2
  ON CONFLICT DO NOTHING`;

function parametersOf(request: KeptRequest): unknown[] {
  return [
    request.requestId,
    request.sourceId,
    request.receivedAt,
    request.method,
    request.path,
    request.remoteAddress,
    request.headers,
    request.body,
    request.bodyBytes,
    request.outcome,
    request.command,
    request.detail,
    request.eventIds,
    request.answerStatus,
    request.answerBody,
    request.durationMs,
  ];
}
