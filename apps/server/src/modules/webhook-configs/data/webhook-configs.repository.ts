import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Repository, type EntityManager } from 'typeorm';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { WebhookConfigEntity, type WebhookConfig } from './webhook-config.entity.js';
import { withdrawPending } from '../../dispatcher/data/settle-pending.js';

/** Outcomes are recorded meanwhile and take the same rows in another order; who loses a deadlock begins again. */
const KEEP_TRYING_MS = 10_000;

@Injectable()
export class WebhookConfigsRepository {
  constructor(
    @InjectRepository(WebhookConfigEntity) private readonly rows: Repository<WebhookConfigEntity>,
  ) {}

  async insert(webhook: WebhookConfig): Promise<void> {
    await this.rows.manager.transaction(async (manager) => {
      await manager.insert(WebhookConfigEntity, webhook);
      await manager.query('INSERT INTO webhook_health (webhook_id) VALUES ($1)', [webhook.webhookId]);
    });
  }

  find(appId: string, webhookId: string): Promise<WebhookConfig | null> {
    return this.rows.findOneBy({ appId, webhookId, deletedAt: IsNull() });
  }

  /** Newest first; `beforeId` is the last id of the page before. */
  list(appId: string, limit: number, beforeId: string | null): Promise<WebhookConfig[]> {
    return this.rows.find({
      where: { appId, deletedAt: IsNull(), ...(beforeId !== null && { webhookId: LessThan(beforeId) }) },
      order: { webhookId: 'DESC' },
      take: limit,
    });
  }

  /** Also has the alerts look again: enabling or disabling changes what they are about. */
  async update(webhookId: string, changes: Partial<WebhookConfig>): Promise<void> {
    await this.inTransaction(async (manager) => {
      await manager.update(WebhookConfigEntity, { webhookId }, changes);
      if (changes.isEnabled === undefined) return;
      if (changes.isEnabled) await startAfresh(manager, webhookId);
      await requestEvaluation(manager, webhookId);
    });
  }

  /**
   * The staged secret becomes the webhook's own, and what signed before goes on until it expires.
   *
   * @param appSecretCiphertext the AppSecret sealed for this webhook: what signed so far where it has no secret
   * @param previousExpiresAt null: what signed before is retired at once
   * @returns whether one was staged
   */
  async activateSecret(
    webhookId: string,
    appSecretCiphertext: Buffer,
    previousExpiresAt: Date | null,
  ): Promise<boolean> {
    const activated = await this.rows.query<unknown[]>(
      `WITH activated AS (
         UPDATE webhook_configs SET secret_ciphertext = next_secret_ciphertext,
           next_secret_ciphertext = NULL, secret_staged_at = NULL,
           previous_secret_ciphertext =
             CASE WHEN $3::timestamptz IS NOT NULL THEN coalesce(secret_ciphertext, $2) END,
           previous_secret_expires_at = $3
         WHERE webhook_id = $1 AND deleted_at IS NULL AND next_secret_ciphertext IS NOT NULL
         RETURNING webhook_id
       ) SELECT webhook_id FROM activated`,
      [webhookId, appSecretCiphertext, previousExpiresAt],
    );
    return activated.length > 0;
  }

  /** Soft: the log stays readable. What was waiting is canceled, in the same commit unless it is very much. */
  async softDelete(webhookId: string, at: Date): Promise<void> {
    await this.inTransaction(async (manager) => {
      await manager.update(WebhookConfigEntity, { webhookId }, { deletedAt: at, isEnabled: false });
      await withdrawPending(manager, 'webhook_id = $1', webhookId, 'canceled', at);
      await requestEvaluation(manager, webhookId);
    });
  }

  /** Closes the breaker: what waits goes out again. @returns whether it was open */
  async resume(webhookId: string): Promise<boolean> {
    const rows = await this.rows.query<unknown[]>(
      `WITH resumed AS (
         UPDATE webhook_health SET paused_at = NULL, probe_at = NULL, probes = 0, resumed_at = now()
         WHERE webhook_id = $1 AND paused_at IS NOT NULL RETURNING webhook_id
       ) SELECT webhook_id FROM resumed`,
      [webhookId],
    );
    return rows.length > 0;
  }

  private inTransaction(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return retryTransient(() => this.rows.manager.transaction(work), KEEP_TRYING_MS);
  }
}

/** Enabled again by a person: the breaker is closed, and the time until it would be disabled begins anew. */
async function startAfresh(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.query(
    `UPDATE webhook_health SET paused_at = NULL, probe_at = NULL, probes = 0, resumed_at = now(), failing_since = NULL
     WHERE webhook_id = $1`,
    [webhookId],
  );
}

async function requestEvaluation(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.query('UPDATE webhook_health SET version = version + 1 WHERE webhook_id = $1', [webhookId]);
}
