import { Injectable } from '@nestjs/common';
import { DataSource, type Repository } from 'typeorm';
import { ApiTokenEntity } from './api-token.entity.js';

export type NewApiToken = Omit<ApiTokenEntity, 'lastUsedAt'>;

export interface ApiTokenRow extends Omit<ApiTokenEntity, 'tenantId' | 'appId' | 'tokenHash' | 'ownerEmail'> {
  appKey: string | null;
}

export interface LiveApiToken extends Omit<ApiTokenEntity, 'prefix' | 'createdAt' | 'createdBy'> {
  isTenantSuspended: boolean;
}

export interface AppOfToken {
  appId: string;
  appKey: string;
}

/** Which tokens exist for a caller. */
export interface TokensShown {
  tenantId: string;
  /** Of this app alone; null: of the whole tenant. */
  appId: string | null;
}

const COLUMNS = `
  t.token_id AS "tokenId", t.name, t.scopes, a.app_key AS "appKey", t.prefix, t.expires_at AS "expiresAt",
  t.last_used_at AS "lastUsedAt", t.created_at AS "createdAt", t.created_by AS "createdBy"
`;

@Injectable()
export class ApiTokensRepository {
  private readonly rows: Repository<ApiTokenEntity>;

  constructor(private readonly dataSource: DataSource) {
    this.rows = dataSource.getRepository(ApiTokenEntity);
  }

  async insert(token: NewApiToken): Promise<void> {
    await this.rows.insert(token);
  }

  /** Newest first; one row more than the limit when there is another page. */
  list(
    { tenantId, appId }: TokensShown,
    page: { limit: number; beforeId: string | null },
  ): Promise<ApiTokenRow[]> {
    return this.dataSource.query<ApiTokenRow[]>(
      `SELECT ${COLUMNS}
       FROM api_tokens t LEFT JOIN apps a USING (app_id)
       WHERE t.tenant_id = $1 AND ($2::uuid IS NULL OR t.app_id = $2) AND ($3::uuid IS NULL OR t.token_id < $3)
       ORDER BY t.token_id DESC LIMIT $4`,
      [tenantId, appId, page.beforeId, page.limit + 1],
    );
  }

  async find({ tenantId, appId }: TokensShown, tokenId: string): Promise<ApiTokenRow | undefined> {
    const rows = await this.dataSource.query<ApiTokenRow[]>(
      `SELECT ${COLUMNS} FROM api_tokens t LEFT JOIN apps a USING (app_id)
       WHERE t.tenant_id = $1 AND ($2::uuid IS NULL OR t.app_id = $2) AND t.token_id = $3`,
      [tenantId, appId, tokenId],
    );
    return rows[0];
  }

  async update(tokenId: string, change: { name: string; expiresAt: Date | null }): Promise<void> {
    await this.rows.update({ tokenId }, change);
  }

  /** @returns the name of the deleted token, or undefined when there is no such token */
  async remove({ tenantId, appId }: TokensShown, tokenId: string): Promise<string | undefined> {
    const [rows] = await this.dataSource.query<[{ name: string }[], number]>(
      `DELETE FROM api_tokens
       WHERE tenant_id = $1 AND ($2::uuid IS NULL OR app_id = $2) AND token_id = $3 RETURNING name`,
      [tenantId, appId, tokenId],
    );
    return rows[0]?.name;
  }

  /** Tokens that have not expired and whose app, if they are bound to one, still exists; in no order. */
  findLive(tokenHashes: readonly Buffer[], now: Date): Promise<LiveApiToken[]> {
    return this.dataSource.query<LiveApiToken[]>(
      `SELECT t.token_hash AS "tokenHash", t.token_id AS "tokenId", t.tenant_id AS "tenantId",
              t.app_id AS "appId", t.name, t.scopes, t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt",
              t.owner_email AS "ownerEmail",
              n.suspended_at IS NOT NULL AS "isTenantSuspended"
       FROM api_tokens t JOIN tenants n USING (tenant_id) LEFT JOIN apps a USING (app_id)
       WHERE t.token_hash = ANY($1::bytea[]) AND (t.expires_at IS NULL OR t.expires_at > $2)
         AND a.deleted_at IS NULL`,
      [tokenHashes, now],
    );
  }

  /** Skips rows that are locked by another writer. */
  async noteUse(tokenIds: readonly string[], now: Date): Promise<void> {
    await this.dataSource.query(
      `UPDATE api_tokens AS t SET last_used_at = $2
       FROM (SELECT token_id FROM api_tokens WHERE token_id = ANY($1::uuid[]) FOR UPDATE SKIP LOCKED) AS used
       WHERE t.token_id = used.token_id`,
      [tokenIds, now],
    );
  }

  /** The app a new token is bound to; undefined when the tenant has no such app. */
  async findApp(tenantId: string, appKey: string): Promise<AppOfToken | undefined> {
    const rows = await this.dataSource.query<AppOfToken[]>(
      `SELECT app_id AS "appId", app_key AS "appKey" FROM apps
       WHERE tenant_id = $1 AND (app_key = $2 OR 'ext:' || external_id = $2) AND deleted_at IS NULL`,
      [tenantId, appKey],
    );
    return rows[0];
  }

  async findAppById(appId: string): Promise<AppOfToken | undefined> {
    const rows = await this.dataSource.query<AppOfToken[]>(
      'SELECT app_id AS "appId", app_key AS "appKey" FROM apps WHERE app_id = $1 AND deleted_at IS NULL',
      [appId],
    );
    return rows[0];
  }
}
