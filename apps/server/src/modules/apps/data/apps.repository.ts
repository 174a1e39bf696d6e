import { Injectable } from '@nestjs/common';
import type { UpdateAppRequest } from '@im/contracts/api/apps';
import { DataSource, IsNull } from 'typeorm';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { AppEntity, type AppRow } from './app.entity.js';

@Injectable()
export class AppsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws DomainError `external_id_taken` when another app of the tenant has it */
  async insert(app: AppRow): Promise<void> {
    await refusingTakenId(() => this.dataSource.getRepository(AppEntity).insert(app));
  }

  /** The tenant's app with that external id. */
  findByExternalId(tenantId: string, externalId: string): Promise<AppRow | null> {
    return this.dataSource.getRepository(AppEntity).findOneBy({ tenantId, externalId, deletedAt: IsNull() });
  }

  /** The tenant's oldest app. */
  findFirst(tenantId: string): Promise<AppRow | null> {
    return this.dataSource
      .getRepository(AppEntity)
      .findOne({ where: { tenantId, deletedAt: IsNull() }, order: { appId: 'ASC' } });
  }

  findById(appId: string): Promise<AppRow | null> {
    return this.dataSource.getRepository(AppEntity).findOneBy({ appId, deletedAt: IsNull() });
  }

  /** @throws DomainError `external_id_taken` when another app of the tenant has it */
  async update(appId: string, change: UpdateAppRequest, updatedAt: Date): Promise<void> {
    const { name, packageName, description, retention = {}, externalId } = change;
    const parameters = [
      appId,
      name ?? null,
      packageName ?? null,
      description ?? null,
      updatedAt,
      retention.eventsDays !== undefined,
      retention.eventsDays ?? null,
      retention.logsDays !== undefined,
      retention.logsDays ?? null,
      externalId !== undefined,
      externalId ?? null,
    ];
    await refusingTakenId(() =>
      this.dataSource.query(
        `UPDATE apps SET name = coalesce($2, name), package_name = coalesce($3, package_name),
         description = coalesce($4, description), updated_at = $5,
         retain_events_days = CASE WHEN $6 THEN $7::smallint ELSE retain_events_days END,
         retain_logs_days = CASE WHEN $8 THEN $9::smallint ELSE retain_logs_days END,
         external_id = CASE WHEN $10 THEN $11 ELSE external_id END
       WHERE app_id = $1`,
        parameters,
      ),
    );
  }

  /** Stages a secret, in place of one staged before. */
  async stageSecret(appId: string, nextSecretCiphertext: Buffer, secretStagedAt: Date): Promise<void> {
    await this.dataSource
      .getRepository(AppEntity)
      .update({ appId, deletedAt: IsNull() }, { nextSecretCiphertext, secretStagedAt });
  }

  /**
   * Replaces the current secret by the staged one; the old one stays valid until it expires.
   *
   * @param previousExpiresAt null: the old secret is retired at once
   * @returns whether one was staged
   */
  async activateSecret(appId: string, previousExpiresAt: Date | null): Promise<boolean> {
    const activated = await this.dataSource.query<unknown[]>(
      `WITH activated AS (
         UPDATE apps SET secret_ciphertext = next_secret_ciphertext,
           next_secret_ciphertext = NULL, secret_staged_at = NULL,
           previous_secret_ciphertext = CASE WHEN $2::timestamptz IS NOT NULL THEN secret_ciphertext END,
           previous_secret_expires_at = $2
         WHERE app_id = $1 AND deleted_at IS NULL AND next_secret_ciphertext IS NOT NULL
         RETURNING app_id
       ) SELECT app_id FROM activated`,
      [appId, previousExpiresAt],
    );
    return activated.length > 0;
  }

  /** In the transaction that deletes its webhooks and cancels what waits for them. */
  async markDeleted(transaction: Transaction, appId: string, deletedAt: Date): Promise<void> {
    await transaction.query('UPDATE apps SET deleted_at = $2 WHERE app_id = $1', [appId, deletedAt]);
  }
}

async function refusingTakenId(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isUniqueViolation(error, 'apps_external_id_key')) throw error;
    throw new DomainError('external_id_taken', 'Another app of the tenant has this external id');
  }
}
