import { Injectable } from '@nestjs/common';
import type { UpdateAppRequest } from '@im/contracts/api/apps';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { withdrawPending } from '../../delivery-store/data/cancel-pending.js';
import { requestEvaluation } from '../../webhook-configs/health/data/request-evaluation.js';
import { lockWebhooks, reviseLocked } from '../../webhook-configs/data/revise-webhooks.js';
import { AppEntity, type AppRow } from './app.entity.js';
import { LIST_APPS, type AppSummaryRow } from './app-summaries.js';

export interface AppListFilter {
  tenantId: string;
  /** The one app the caller is bound to; null: all of the tenant. */
  appId: string | null;
  limit: number;
  beforeId: string | null;
  statsSince: Date;
  /** Deliveries created from then on are not due yet. */
  dueBefore: Date;
}

/** Outcomes are recorded meanwhile and take the same rows in another order; who loses a deadlock begins again. */
const KEEP_TRYING_MS = 10_000;

@Injectable()
export class AppsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(app: AppRow): Promise<void> {
    await this.dataSource.getRepository(AppEntity).insert(app);
  }

  findById(appId: string): Promise<AppRow | null> {
    return this.dataSource.getRepository(AppEntity).findOneBy({ appId, deletedAt: IsNull() });
  }

  async update(appId: string, change: UpdateAppRequest, updatedAt: Date): Promise<void> {
    const { name, packageName, description, retention = {} } = change;
    await this.dataSource.query(
      `UPDATE apps SET name = coalesce($2, name), package_name = coalesce($3, package_name),
         description = coalesce($4, description), updated_at = $5,
         retain_events_days = CASE WHEN $6 THEN $7::smallint ELSE retain_events_days END,
         retain_logs_days = CASE WHEN $8 THEN $9::smallint ELSE retain_logs_days END
       WHERE app_id = $1`,
      [
        appId,
        name ?? null,
        packageName ?? null,
        description ?? null,
        updatedAt,
        retention.eventsDays !== undefined,
        retention.eventsDays ?? null,
        retention.logsDays !== undefined,
        retention.logsDays ?? null,
      ],
    );
  }

  /** Replaces what is staged already. */
  async stageSecret(appId: string, nextSecretCiphertext: Buffer, secretStagedAt: Date): Promise<void> {
    await this.dataSource
      .getRepository(AppEntity)
      .update({ appId, deletedAt: IsNull() }, { nextSecretCiphertext, secretStagedAt });
  }

  /**
   * The staged secret takes the place of the current one, which goes on until it expires.
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

  /** Newest first; one row more than the limit when there is another page. */
  list(filter: AppListFilter): Promise<AppSummaryRow[]> {
    const { tenantId, appId, limit, beforeId, statsSince, dueBefore } = filter;
    const parameters = [tenantId, appId, statsSince, beforeId, limit + 1, dueBefore];
    return this.dataSource.query<AppSummaryRow[]>(LIST_APPS, parameters);
  }

  /** The app and its webhooks disappear, what waits to be delivered is called off, and alerts about them end. */
  async softDelete(appId: string, deletedAt: Date, deletedBy: string): Promise<void> {
    const remove = async (manager: EntityManager) => {
      await manager.query('UPDATE apps SET deleted_at = $2 WHERE app_id = $1', [appId, deletedAt]);
      const webhooks = await manager.query<{ id: string }[]>(
        'SELECT webhook_id AS id FROM webhook_configs WHERE app_id = $1 AND deleted_at IS NULL',
        [appId],
      );
      const webhookIds = webhooks.map(({ id }) => id);
      const locked = await lockWebhooks(manager, webhookIds);
      await reviseLocked(manager, locked, { deletedAt }, { by: deletedBy, at: deletedAt });
      const ofApp = 'webhook_id IN (SELECT webhook_id FROM webhook_configs WHERE app_id = $1)';
      await withdrawPending(manager, ofApp, appId, 'app_deleted', deletedAt);
      await requestEvaluation(manager, webhookIds);
    };
    await retryTransient(() => this.dataSource.transaction(remove), KEEP_TRYING_MS);
  }
}
