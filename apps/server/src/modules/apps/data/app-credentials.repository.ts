import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AppCredential } from '../app-credential.js';

const COLUMNS = `
  app_id AS "appId", tenant_id AS "tenantId", app_key AS "appKey", name, secret_ciphertext AS "secretCiphertext",
  next_secret_ciphertext AS "nextSecretCiphertext", previous_secret_ciphertext AS "previousSecretCiphertext",
  previous_secret_expires_at AS "previousSecretExpiresAt",
  (SELECT suspended_at IS NOT NULL FROM tenants WHERE tenants.tenant_id = apps.tenant_id) AS "isTenantSuspended"
`;

/** Reads apps for ingest and dispatch: many at once, few columns. */
@Injectable()
export class AppCredentialsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Those that exist and are not deleted, in no order. */
  findByKeys(appKeys: readonly string[]): Promise<AppCredential[]> {
    return this.dataSource.query<AppCredential[]>(
      `SELECT ${COLUMNS} FROM apps WHERE app_key = ANY($1) AND deleted_at IS NULL`,
      [appKeys],
    );
  }

  /** Deleted apps too: what is in flight is signed to the end. */
  findByIds(appIds: readonly string[]): Promise<AppCredential[]> {
    return this.dataSource.query<AppCredential[]>(`SELECT ${COLUMNS} FROM apps WHERE app_id = ANY($1)`, [
      appIds,
    ]);
  }
}
