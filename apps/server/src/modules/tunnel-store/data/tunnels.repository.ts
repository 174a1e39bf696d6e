/** Stores tunnels, and which stream of each is the newest. */
import { Injectable } from '@nestjs/common';
import { MAX_TUNNELS, TUNNEL_IDLE_MINUTES } from '@im/contracts/api/tunnel-constants';
import { DataSource } from 'typeorm';
import type { TunnelRow, TunnelStream } from '../tunnel.js';

/** A stream renews its connection more often than this. */
const CONNECTED_FOR = `interval '15 seconds'`;
/** How long after its stream ended a client counts as connected: time to come back. */
const COMES_BACK_IN = `interval '5 seconds'`;
const IDLE_FOR = `interval '${String(TUNNEL_IDLE_MINUTES)} minutes'`;
const IS_LIVE = `EXISTS (SELECT FROM webhook_configs w WHERE w.webhook_id = t.webhook_id AND w.deleted_at IS NULL)`;
const IS_DELETED = `EXISTS (SELECT FROM webhook_configs w WHERE w.webhook_id = t.webhook_id AND w.deleted_at IS NOT NULL)`;
/** By then its webhook is stored, unless the process ended in between. */
const STORED_IN = `interval '1 minute'`;
const MAX_REMOVED = 100;

@Injectable()
export class TunnelsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Stored before its webhook, whose address is checked here.
   *
   * @returns when it is deleted, unless a client connects; undefined: the app has too many
   */
  async insert(tunnelId: string, appId: string, webhookId: string): Promise<Date | undefined> {
    return this.dataSource.transaction(async (manager) => {
      // One at a time for each app, so that the limit cannot be passed.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`tunnels:${appId}`]);
      const [row] = await manager.query<{ expiresAt: Date }[]>(
        `INSERT INTO tunnels (tunnel_id, app_id, webhook_id, connected_until, created_at)
         SELECT $1, $2, $3, now(), now()
         WHERE (SELECT count(*) FROM tunnels t WHERE app_id = $2 AND NOT ${IS_DELETED}) < ${String(MAX_TUNNELS)}
         RETURNING connected_until + ${IDLE_FOR} AS "expiresAt"`,
        [tunnelId, appId, webhookId],
      );
      return row?.expiresAt;
    });
  }

  /** Not of a deleted webhook. */
  async find(appId: string, tunnelId: string): Promise<TunnelRow | undefined> {
    const [row] = await this.dataSource.query<TunnelRow[]>(
      `SELECT tunnel_id AS "tunnelId", webhook_id AS "webhookId"
       FROM tunnels t WHERE tunnel_id = $1 AND app_id = $2 AND ${IS_LIVE}`,
      [tunnelId, appId],
    );
    return row;
  }

  /** Whether the address is that of a tunnel of the app. */
  async isOf(appId: string, tunnelId: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      'SELECT FROM tunnels WHERE tunnel_id = $1 AND app_id = $2',
      [tunnelId, appId],
    );
    return rows.length > 0;
  }

  /** The stream gets the requests from now on. @returns whether requests missed their client before */
  async connect({ tunnelId, streamId }: TunnelStream): Promise<boolean> {
    const [rows] = await this.dataSource.query<[{ hasMissed: boolean }[], number]>(
      `UPDATE tunnels t SET stream_id = $2, connected_until = now() + ${CONNECTED_FOR}, has_missed = false
       FROM (SELECT tunnel_id, has_missed FROM tunnels WHERE tunnel_id = $1 FOR UPDATE) before
       WHERE t.tunnel_id = before.tunnel_id RETURNING before.has_missed AS "hasMissed"`,
      [tunnelId, streamId],
    );
    return rows[0]?.hasMissed === true;
  }

  /** @returns the streams that are still the newest of live tunnels */
  async renew(streams: readonly TunnelStream[]): Promise<Set<string>> {
    const [rows] = await this.dataSource.query<[{ streamId: string }[], number]>(
      `UPDATE tunnels t SET connected_until = now() + ${CONNECTED_FOR}
       FROM unnest($1::uuid[], $2::uuid[]) AS own (tunnel_id, stream_id)
       WHERE t.tunnel_id = own.tunnel_id AND t.stream_id = own.stream_id AND ${IS_LIVE}
       RETURNING t.stream_id AS "streamId"`,
      [streams.map(({ tunnelId }) => tunnelId), streams.map(({ streamId }) => streamId)],
    );
    return new Set(rows.map(({ streamId }) => streamId));
  }

  /** @returns those of the tunnels that exist, with their webhooks */
  async liveOf(tunnelIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ tunnelId: string }[]>(
      `SELECT tunnel_id AS "tunnelId" FROM tunnels t WHERE tunnel_id = ANY($1::uuid[]) AND ${IS_LIVE}`,
      [tunnelIds],
    );
    return new Set(rows.map(({ tunnelId }) => tunnelId));
  }

  /** Its client has a moment to come back. */
  async disconnect({ tunnelId, streamId }: TunnelStream): Promise<void> {
    await this.dataSource.query(
      `UPDATE tunnels SET connected_until = least(connected_until, now() + ${COMES_BACK_IN})
       WHERE tunnel_id = $1 AND stream_id = $2`,
      [tunnelId, streamId],
    );
  }

  /** A request found no client, or got no answer. */
  async noteMissed(tunnelId: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE tunnels SET has_missed = true WHERE tunnel_id = $1 AND NOT has_missed',
      [tunnelId],
    );
  }

  /** Forgets it. @returns whether requests missed their client */
  async takeMissed(tunnelId: string): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      'UPDATE tunnels SET has_missed = false WHERE tunnel_id = $1 AND has_missed RETURNING tunnel_id',
      [tunnelId],
    );
    return rows.length > 0;
  }

  /** Those without a client for long, and those without a webhook. */
  async listIdle(): Promise<TunnelRow[]> {
    return this.dataSource.query<TunnelRow[]>(
      `SELECT tunnel_id AS "tunnelId", webhook_id AS "webhookId" FROM tunnels t
       WHERE connected_until + ${IDLE_FOR} < now() OR (created_at + ${STORED_IN} < now() AND NOT ${IS_LIVE})
         OR ${IS_DELETED} LIMIT ${String(MAX_REMOVED)}`,
    );
  }

  /** With its requests. */
  async remove(tunnelId: string): Promise<void> {
    await this.dataSource.query('DELETE FROM tunnels WHERE tunnel_id = $1', [tunnelId]);
  }
}
