import { Injectable } from '@nestjs/common';
import type { PortalPermission } from '@im/contracts/api/portal-links';
import { DataSource } from 'typeorm';

export interface PortalLinkRow {
  linkId: string;
  name: string;
  /** Null: all of the app. */
  webhookIds: string[] | null;
  permissions: PortalPermission[];
  allowedOrigins: string[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  createdAt: Date;
  createdBy: string;
}

export interface NewPortalLink extends Omit<PortalLinkRow, 'lastUsedAt'> {
  tenantId: string;
  appId: string;
  tokenHash: Buffer;
}

/** What a caller with the link may do. */
export interface LivePortalLink extends Pick<
  PortalLinkRow,
  'linkId' | 'name' | 'webhookIds' | 'permissions' | 'allowedOrigins' | 'expiresAt'
> {
  tenantId: string;
  appId: string;
  appKey: string;
  appName: string;
  isTenantSuspended: boolean;
}

const ROW_COLUMNS = `
  link_id AS "linkId", name, webhook_ids AS "webhookIds", permissions, allowed_origins AS "allowedOrigins",
  expires_at AS "expiresAt", last_used_at AS "lastUsedAt", created_at AS "createdAt", created_by AS "createdBy"`;

const LIVE = `
  SELECT l.link_id AS "linkId", l.tenant_id AS "tenantId", l.app_id AS "appId", a.app_key AS "appKey",
    a.name AS "appName", l.name, l.webhook_ids AS "webhookIds", l.permissions, l.allowed_origins AS "allowedOrigins",
    l.expires_at AS "expiresAt", n.suspended_at IS NOT NULL AS "isTenantSuspended"
  FROM portal_links l JOIN apps a USING (app_id) JOIN tenants n ON n.tenant_id = l.tenant_id
  WHERE a.deleted_at IS NULL`;

/** An opened page asks again every hour and with every reload: one entry in the audit log for each of them is too many. */
const USE_INTERVAL = `interval '1 minute'`;

@Injectable()
export class PortalLinksRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the app has as many links as it may have */
  insert(link: NewPortalLink, max: number): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      // One at a time for each app, so that the limit cannot be passed.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`portal:${link.appId}`]);
      const rows = await manager.query<unknown[]>(
        `INSERT INTO portal_links (link_id, tenant_id, app_id, name, token_hash, webhook_ids, permissions,
           allowed_origins, expires_at, created_at, created_by)
         SELECT $1, $2, $3::uuid, $4, $5, $6::uuid[], $7::text[], $8::text[], $9, $10::timestamptz, $11
         WHERE (SELECT count(*) FROM portal_links WHERE app_id = $3 AND expires_at > $10) < $12
         RETURNING link_id`,
        [
          link.linkId,
          link.tenantId,
          link.appId,
          link.name,
          link.tokenHash,
          link.webhookIds,
          link.permissions,
          link.allowedOrigins,
          link.expiresAt,
          link.createdAt,
          link.createdBy,
          max,
        ],
      );
      return rows.length > 0;
    });
  }

  /** Newest first; one row more than the limit when there is another page. */
  list(appId: string, page: { limit: number; beforeId: string | null }): Promise<PortalLinkRow[]> {
    return this.dataSource.query<PortalLinkRow[]>(
      `SELECT ${ROW_COLUMNS} FROM portal_links
       WHERE app_id = $1 AND ($2::uuid IS NULL OR link_id < $2) ORDER BY link_id DESC LIMIT $3`,
      [appId, page.beforeId, page.limit + 1],
    );
  }

  /** @returns the name of the deleted link; undefined when the app has no such link */
  async remove(appId: string, linkId: string): Promise<string | undefined> {
    const [rows] = await this.dataSource.query<[{ name: string }[], number]>(
      'DELETE FROM portal_links WHERE app_id = $1 AND link_id = $2 RETURNING name',
      [appId, linkId],
    );
    return rows[0]?.name;
  }

  /** Links of apps that exist, expired ones too; in no order. */
  findLive(linkIds: readonly string[]): Promise<LivePortalLink[]> {
    return this.dataSource.query<LivePortalLink[]>(`${LIVE} AND l.link_id = ANY($1::uuid[])`, [linkIds]);
  }

  async findByToken(tokenHash: Buffer): Promise<LivePortalLink | undefined> {
    const rows = await this.dataSource.query<LivePortalLink[]>(`${LIVE} AND l.token_hash = $1`, [tokenHash]);
    return rows[0];
  }

  /** @returns whether it was noted: not when it was used within the minute before */
  async noteUse(linkId: string, now: Date): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE portal_links SET last_used_at = $2
       WHERE link_id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - ${USE_INTERVAL})
       RETURNING link_id`,
      [linkId, now],
    );
    return rows.length > 0;
  }

  /** @returns those among the ids that are webhooks of the app */
  async webhooksAmong(appId: string, webhookIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.dataSource.query<{ webhookId: string }[]>(
      `SELECT webhook_id AS "webhookId" FROM webhook_configs
       WHERE app_id = $1 AND webhook_id = ANY($2::uuid[]) AND deleted_at IS NULL`,
      [appId, webhookIds],
    );
    return new Set(rows.map(({ webhookId }) => webhookId));
  }

  async removeExpired(before: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM portal_links WHERE expires_at < $1', [before]);
  }
}
