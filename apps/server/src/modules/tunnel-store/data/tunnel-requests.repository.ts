/** Passes requests of tunnels from the worker that sends to the stream of a client, and the answers back. */
import { Injectable } from '@nestjs/common';
import { MAX_TUNNEL_WAITING, MAX_TUNNEL_WAITING_BYTES } from '@im/contracts/api/tunnel-constants';
import { DataSource } from 'typeorm';
import { PreparedQuery } from '../../../platform/database/prepared-query.js';
import {
  MAX_TAKEN,
  type Placed,
  type TunnelAnswer,
  type TunnelStream,
  type WaitingRequest,
} from '../tunnel.js';

/** Of workers that ended before they removed them. */
const LEFT_BEHIND = `interval '1 minute'`;

const PLACE = new PreparedQuery<{ isConnected: boolean; isPlaced: boolean }>(
  `WITH tunnel AS (
     SELECT connected_until > now() AS is_connected FROM tunnels WHERE tunnel_id = $1 AND app_id = $2
   ), waiting AS (
     SELECT count(*) AS requests, coalesce(sum(octet_length(body)), 0) AS bytes
     FROM tunnel_requests WHERE tunnel_id = $1 AND expires_at > now()
   ), placed AS (
     INSERT INTO tunnel_requests (request_id, tunnel_id, headers, body, timeout_ms, expires_at)
     SELECT $3, $1, $4, $5, $6::int, now() + $6::int * interval '1 millisecond' FROM tunnel, waiting
     WHERE is_connected AND requests < ${String(MAX_TUNNEL_WAITING)}
       AND bytes + octet_length($5::bytea) <= ${String(MAX_TUNNEL_WAITING_BYTES)}
     RETURNING request_id
   ) SELECT is_connected AS "isConnected", EXISTS (SELECT FROM placed) AS "isPlaced" FROM tunnel`,
);

/** A request goes over each stream once. A stream that is not the newest of its tunnel gets none. */
const TAKE = new PreparedQuery<WaitingRequest>(
  `WITH newest AS (
     SELECT t.tunnel_id, t.stream_id FROM tunnels t
     JOIN unnest($1::uuid[], $2::uuid[]) AS own (tunnel_id, stream_id)
       ON t.tunnel_id = own.tunnel_id AND t.stream_id = own.stream_id
   ), chosen AS (
     SELECT r.request_id, r.stream_id IS NOT NULL AS is_repeat, newest.stream_id
     FROM tunnel_requests r JOIN newest USING (tunnel_id)
     WHERE r.answered_at IS NULL AND r.expires_at > now() AND r.stream_id IS DISTINCT FROM newest.stream_id
     ORDER BY r.request_id LIMIT ${String(MAX_TAKEN)} FOR UPDATE OF r SKIP LOCKED
   ) UPDATE tunnel_requests r SET stream_id = chosen.stream_id FROM chosen WHERE r.request_id = chosen.request_id
   RETURNING r.request_id AS "requestId", r.tunnel_id AS "tunnelId", r.headers, r.body,
     r.timeout_ms AS "timeoutMs", chosen.is_repeat AS "isRepeat"`,
);

const ANSWER = new PreparedQuery<{ requestId: string }>(
  `UPDATE tunnel_requests SET answered_at = now(), answer_status = $3, answer_headers = $4, answer_body = $5
   WHERE tunnel_id = $1 AND request_id = $2 AND answered_at IS NULL AND expires_at > now()
   RETURNING request_id AS "requestId"`,
);

const COLLECT = new PreparedQuery<TunnelAnswer & { requestId: string }>(
  `DELETE FROM tunnel_requests WHERE request_id = ANY($1::uuid[]) AND answered_at IS NOT NULL
   RETURNING request_id AS "requestId", answer_status AS status, answer_headers AS headers, answer_body AS body`,
);

@Injectable()
export class TunnelRequestsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns whether it waits for its answer now, or why not */
  async place(
    appId: string,
    request: Pick<WaitingRequest, 'requestId' | 'tunnelId' | 'headers' | 'body' | 'timeoutMs'>,
  ): Promise<Placed> {
    const { requestId, tunnelId, headers, body, timeoutMs } = request;
    const values = [tunnelId, appId, requestId, headers, body, timeoutMs];
    const [row] = await PLACE.run(this.dataSource, values);
    if (!row) return 'no_tunnel';
    if (row.isPlaced) return 'placed';
    return row.isConnected ? 'full' : 'no_client';
  }

  /** Those that the streams did not get yet, oldest first. */
  async take(streams: readonly TunnelStream[]): Promise<WaitingRequest[]> {
    const tunnelIds = streams.map(({ tunnelId }) => tunnelId);
    const streamIds = streams.map(({ streamId }) => streamId);
    const rows = await TAKE.run(this.dataSource, [tunnelIds, streamIds]);
    return rows.sort((one, other) => (one.requestId < other.requestId ? -1 : 1));
  }

  /** @returns false: it does not wait for an answer */
  async answer(tunnelId: string, requestId: string, answer: TunnelAnswer): Promise<boolean> {
    const values = [tunnelId, requestId, answer.status, answer.headers, answer.body];
    return (await ANSWER.run(this.dataSource, values)).length > 0;
  }

  /** Removes those of the requests that are answered. */
  async collect(requestIds: readonly string[]): Promise<Map<string, TunnelAnswer>> {
    const rows = await COLLECT.run(this.dataSource, [requestIds]);
    return new Map(rows.map(({ requestId, ...answer }) => [requestId, answer]));
  }

  /** Ends the wait. @returns an answer that came meanwhile */
  async withdraw(requestId: string): Promise<TunnelAnswer | undefined> {
    const [rows] = await this.dataSource.query<[(TunnelAnswer | { status: null })[], number]>(
      `DELETE FROM tunnel_requests WHERE request_id = $1
       RETURNING answer_status AS status, answer_headers AS headers, answer_body AS body`,
      [requestId],
    );
    const [row] = rows;
    return row && row.status !== null ? row : undefined;
  }

  async removeLeftBehind(): Promise<void> {
    await this.dataSource.query(`DELETE FROM tunnel_requests WHERE expires_at < now() - ${LEFT_BEHIND}`);
  }
}
