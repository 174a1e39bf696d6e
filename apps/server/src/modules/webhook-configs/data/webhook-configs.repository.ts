import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository, type EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { WebhookConfigEntity } from './webhook-config.entity.js';
import type { WebhookConfig, WebhookRow } from '../webhook-config.js';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { followPolicy } from '../../delivery-store/data/bring-forward.js';
import { cancelPending } from '../../delivery-store/data/cancel-pending.js';
import { WebhookHealthRepository } from '../health/data/webhook-health.repository.js';
import { maskHeaders } from '../domain/mask-headers.js';
import { privateChangesBetween, type PrivateSettings } from '../domain/webhook-revision.js';
import {
  lockWebhooks,
  reviseLocked,
  writeFirstRevision,
  type PrivateRevision,
  type Reviser,
} from './revise-webhooks.js';
import { routeBefore } from './before-routes.js';
import { refuseOtherRevision } from './refuse-other-revision.js';
import { sealClearWebhook } from './seal-clear-webhook.js';
import { SealedSettings } from '../sealed-settings.js';

/** Recording outcomes locks the same rows in another order, so deadlocks are retried. */
const KEEP_TRYING_MS = 10_000;
const CANCELED_PER_COMMIT = 1_000;

const UNKNOWN: PrivateSettings = { url: '', headers: {} };

/** Who changes a webhook, and which revision they expect. */
export interface WebhookChange extends Reviser {
  /** One of these revisions must be the current one; null: any. */
  expected: readonly number[] | null;
}

@Injectable()
export class WebhookConfigsRepository {
  constructor(
    @InjectRepository(WebhookConfigEntity) private readonly rows: Repository<WebhookConfigEntity>,
    private readonly sealed: SealedSettings,
    private readonly health: WebhookHealthRepository,
  ) {}

  /** @throws DomainError `conflict` when another webhook decides about one of its events, `external_id_taken` */
  async insert(webhook: WebhookConfig): Promise<void> {
    await refusingTakenId(() =>
      this.rows.manager.transaction(async (manager) => {
        const row = { ...webhook, ...this.sealed.seal(webhook.webhookId, webhook) };
        await manager.insert(WebhookConfigEntity, row);
        await this.health.insert(manager, webhook.webhookId);
        await routeBefore(manager, webhook);
        await writeFirstRevision(manager, row, this.sealForRevision(webhook.webhookId, webhook));
      }),
    );
  }

  async find(appId: string, webhookId: string): Promise<WebhookConfig | null> {
    const row = await this.rows.findOneBy({ appId, webhookId, deletedAt: IsNull() });
    return row && this.sealed.openWebhook(row);
  }

  async findIdByExternalId(appId: string, externalId: string): Promise<string | undefined> {
    const where = { appId, externalId, deletedAt: IsNull() };
    return (await this.rows.findOne({ select: { webhookId: true }, where }))?.webhookId;
  }

  /** Deleted ones too. */
  async findEver(appId: string, webhookId: string): Promise<WebhookConfig | null> {
    const row = await this.rows.findOneBy({ appId, webhookId });
    return row && this.sealed.openWebhook(row);
  }

  /** In the order of the ids. */
  async findAll(webhookIds: readonly string[]): Promise<WebhookConfig[]> {
    const found = await this.rows.findBy({ webhookId: In(webhookIds) });
    const byId = new Map(found.map((row) => [row.webhookId, this.sealed.openWebhook(row)]));
    return webhookIds.flatMap((webhookId) => byId.get(webhookId) ?? []);
  }

  /**
   * Changes a locked webhook and writes the revision. Its alerts are evaluated again, since enabling, disabling or
   * pausing affects them.
   *
   * @param decide returns the change of the locked webhook; called again after a deadlock
   * @returns the webhook as it is now
   * @throws DomainError `precondition_failed`, `not_found`, `external_id_taken`, `conflict` about before-callbacks, or what `decide` throws;
   *   nothing is changed then
   */
  async change(
    webhookId: string,
    { expected, ...reviser }: WebhookChange,
    decide: (webhook: WebhookConfig) => Partial<WebhookConfig>,
  ): Promise<WebhookConfig> {
    let tried: number | null = null;
    return this.inTransaction(async (manager) => {
      await this.health.lock(manager, webhookId);
      const [locked] = await lockWebhooks(manager, [webhookId]);
      if (!locked) throw DomainError.notFound('webhook');
      const row = await sealClearWebhook(manager, locked, this.sealed);
      const before = this.sealed.openWebhook(row);
      // The connection broke during the commit, which succeeded nevertheless.
      const isDone = before.revision === tried && before.updatedAt.getTime() === reviser.at.getTime();
      if (isDone) return before;
      await refuseOtherRevision(manager, before, expected);
      const { isOpened } = this.sealed.open(row);
      const { change, ofPrivate } = this.sealChange(before, decide(before), isOpened);
      tried = before.revision + 1;
      const [changed = row] = await reviseLocked(manager, [row], change, reviser, ofPrivate);
      if (change.before !== undefined) await routeBefore(manager, changed);
      const after = this.sealed.openWebhook(changed);
      const isPaused = after.pausedAt !== null;
      if (after.isEnabled !== before.isEnabled || isPaused !== (before.pausedAt !== null)) {
        if (after.isEnabled && !isPaused) await this.health.reset(manager, webhookId);
        await this.health.requestEvaluation(manager, [webhookId]);
      }
      return after;
    });
  }

  /** Cancels what waits for a webhook that is disabled, replays too, a commit for each part. */
  async cancelWaiting(webhookId: string, at: Date): Promise<void> {
    const condition = `webhook_id = $1 AND kind <> 'test'`;
    for (;;) {
      const { manager } = this.rows;
      const canceled = await retryTransient(
        () => cancelPending(manager, condition, webhookId, 'webhook_disabled', at, CANCELED_PER_COMMIT),
        KEEP_TRYING_MS,
      );
      if (canceled.length < CANCELED_PER_COMMIT) return;
    }
  }

  /** Applies the webhook's retry policy to what waits, a commit for each part. */
  async followPolicy(webhookId: string, policy: RetryPolicy): Promise<void> {
    await followPolicy(this.rows.manager, webhookId, policy);
  }

  /** If URL and headers do not change, their stored form is kept without being opened. */
  private sealChange(
    before: WebhookConfig,
    { url, headers, ...change }: Partial<WebhookConfig>,
    isOpened: boolean,
  ): { change: Partial<WebhookRow>; ofPrivate?: PrivateRevision } {
    if (url === undefined && headers === undefined) return { change };
    const { webhookId } = before;
    const after = { url: url ?? before.url, headers: headers ?? before.headers };
    // What cannot be opened is replaced by the new values, even if there are none.
    const changes = privateChangesBetween(isOpened ? before : UNKNOWN, after);
    if (changes.length === 0) return { change };
    const ofPrivate = {
      changes,
      sealedChanges: this.sealed.sealJson(webhookId, changes),
      sealedSettings: this.sealForRevision(webhookId, after),
    };
    return { change: { ...change, ...this.sealed.seal(webhookId, after) }, ofPrivate };
  }

  /** Revisions are kept for long, so they contain no previous credentials. */
  private sealForRevision(webhookId: string, { url, headers }: PrivateSettings): Buffer | null {
    const shown = { url, headers: maskHeaders(Object.entries(headers)) };
    return this.sealed.seal(webhookId, shown).sealedSettings;
  }

  private inTransaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return refusingTakenId(() => retryTransient(() => this.rows.manager.transaction(work), KEEP_TRYING_MS));
  }
}

/** @throws DomainError `external_id_taken` */
async function refusingTakenId<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isUniqueViolation(error, 'webhook_configs_external_id_key')) throw error;
    throw new DomainError('external_id_taken', 'Another webhook of the app has this external id');
  }
}
