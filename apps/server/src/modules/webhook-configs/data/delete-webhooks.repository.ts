/** Deletes webhooks, one or all of an app. Rows stay, so that the log is readable until retention drops it. */
import { Injectable } from '@nestjs/common';
import type { CancelReason } from '@im/contracts/api/deliveries';
import { DataSource } from 'typeorm';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { MarkAppDeletedService } from '../../apps/mark-app-deleted.service.js';
import { cancelPending } from '../../delivery-store/data/cancel-pending.js';
import { WebhookHealthRepository } from '../health/data/webhook-health.repository.js';
import type { WebhookRow } from '../webhook-config.js';
import { unrouteBefore } from './before-routes.js';
import { refuseOtherRevision } from './refuse-other-revision.js';
import { lockWebhooks, reviseLocked, type Reviser } from './revise-webhooks.js';
import type { WebhookChange } from './webhook-configs.repository.js';

/** Recording outcomes locks the same rows in another order, so deadlocks are retried. */
const KEEP_TRYING_MS = 10_000;

/** Whose deliveries are canceled: a condition over `pending_deliveries` with one parameter, and why. */
interface Cancellation {
  which: string;
  parameter: string;
  reason: CancelReason;
}

@Injectable()
export class DeleteWebhooksRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly health: WebhookHealthRepository,
    private readonly apps: MarkAppDeletedService,
  ) {}

  /**
   * Deletes a webhook and cancels what waits, in the same commit unless there is very much.
   *
   * @throws DomainError `precondition_failed`
   */
  async deleteOne(webhookId: string, { expected, ...reviser }: WebhookChange): Promise<void> {
    await this.inTransaction(async (transaction) => {
      const locked = await lockWebhooks(transaction, [webhookId]);
      for (const webhook of locked) await refuseOtherRevision(transaction, webhook, expected);
      const which = { which: 'webhook_id = $1', parameter: webhookId, reason: 'webhook_deleted' } as const;
      await this.end(transaction, locked, which, reviser);
    });
  }

  /** Deletes an app with its webhooks. */
  async deleteApp(appId: string, reviser: Reviser): Promise<void> {
    await this.inTransaction(async (transaction) => {
      await this.apps.mark(transaction, appId, reviser.at);
      const rows = await transaction.query<{ id: string }[]>(
        'SELECT webhook_id AS id FROM webhook_configs WHERE app_id = $1 AND deleted_at IS NULL',
        [appId],
      );
      const locked = await lockWebhooks(
        transaction,
        rows.map(({ id }) => id),
      );
      const which = {
        which: 'webhook_id IN (SELECT webhook_id FROM webhook_configs WHERE app_id = $1)',
        parameter: appId,
        reason: 'app_deleted',
      } as const;
      await this.end(transaction, locked, which, reviser);
    });
  }

  private async end(
    transaction: Transaction,
    locked: readonly WebhookRow[],
    { which, parameter, reason }: Cancellation,
    reviser: Reviser,
  ): Promise<void> {
    const { at } = reviser;
    const webhookIds = locked.map(({ webhookId }) => webhookId);
    await reviseLocked(transaction, locked, { deletedAt: at, isEnabled: false }, reviser);
    await unrouteBefore(transaction, webhookIds);
    await cancelPending(transaction, which, parameter, reason, at);
    await this.health.requestEvaluation(transaction, webhookIds);
  }

  private inTransaction(work: (transaction: Transaction) => Promise<void>): Promise<void> {
    return retryTransient(() => this.dataSource.transaction(work), KEEP_TRYING_MS);
  }
}
