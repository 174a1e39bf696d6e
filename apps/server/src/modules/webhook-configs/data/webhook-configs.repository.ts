import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Repository, type EntityManager } from 'typeorm';
import { retryTransient } from '../../../platform/database/retry-transient.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { WebhookConfigEntity, type WebhookConfig, type WebhookRow } from './webhook-config.entity.js';
import type { RetryPolicy } from '@im/contracts/api/retry-policy';
import { followPolicy } from '../../delivery-store/data/bring-forward.js';
import { withdrawPending } from '../../delivery-store/data/cancel-pending.js';
import { requestEvaluation } from '../health/data/request-evaluation.js';
import { maskHeaders } from '../domain/mask-headers.js';
import { privateChangesBetween, type PrivateSettings } from '../domain/webhook-revision.js';
import {
  lockWebhooks,
  reviseLocked,
  writeFirstRevision,
  type PrivateRevision,
  type Reviser,
} from './revise-webhooks.js';
import { sealClearWebhook } from './seal-clear-webhook.js';
import { SealedSettings } from './sealed-settings.js';

/** Outcomes are recorded meanwhile and take the same rows in another order; who loses a deadlock begins again. */
const KEEP_TRYING_MS = 10_000;
const CANCELED_PER_COMMIT = 1_000;

const UNKNOWN: PrivateSettings = { url: '', headers: {} };

/** Who changes a webhook, and what they believe it to be. */
export interface WebhookChange extends Reviser {
  /** One of these revisions must be the present one; null: whichever it is. */
  expected: readonly number[] | null;
}

@Injectable()
export class WebhookConfigsRepository {
  constructor(
    @InjectRepository(WebhookConfigEntity) private readonly rows: Repository<WebhookConfigEntity>,
    private readonly sealed: SealedSettings,
  ) {}

  async insert(webhook: WebhookConfig): Promise<void> {
    await this.rows.manager.transaction(async (manager) => {
      const row = { ...webhook, ...this.sealed.seal(webhook.webhookId, webhook) };
      await manager.insert(WebhookConfigEntity, row);
      await manager.query('INSERT INTO webhook_health (webhook_id) VALUES ($1)', [webhook.webhookId]);
      await writeFirstRevision(manager, row, this.sealForRevision(webhook.webhookId, webhook));
    });
  }

  async find(appId: string, webhookId: string): Promise<WebhookConfig | null> {
    const row = await this.rows.findOneBy({ appId, webhookId, deletedAt: IsNull() });
    return row && this.sealed.openWebhook(row);
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
   * Changes a webhook that nobody else can change meanwhile, and writes the revision with it. Also has the alerts look
   * again: enabling, disabling or pausing changes what they are about.
   *
   * @param decide what to change of the webhook as it is then; called again after a deadlock
   * @returns the webhook as it is now
   * @throws DomainError `precondition_failed` or `not_found`, or whatever `decide` throws; nothing is changed then
   */
  async change(
    webhookId: string,
    { expected, ...reviser }: WebhookChange,
    decide: (webhook: WebhookConfig) => Partial<WebhookConfig>,
  ): Promise<WebhookConfig> {
    let tried: number | null = null;
    return this.inTransaction(async (manager) => {
      await lockHealth(manager, webhookId);
      const [locked] = await lockWebhooks(manager, [webhookId]);
      if (!locked) throw DomainError.notFound('webhook');
      const row = await sealClearWebhook(manager, locked, this.sealed);
      const before = this.sealed.openWebhook(row);
      // The connection broke at the commit, which nevertheless was one.
      const isDone = before.revision === tried && before.updatedAt.getTime() === reviser.at.getTime();
      if (isDone) return before;
      await refuseOthers(manager, before, expected);
      const { isOpened } = this.sealed.open(row);
      const { change, ofPrivate } = this.sealChange(before, decide(before), isOpened);
      tried = before.revision + 1;
      const [changed = row] = await reviseLocked(manager, [row], change, reviser, ofPrivate);
      const after = this.sealed.openWebhook(changed);
      const isPaused = after.pausedAt !== null;
      if (after.isEnabled !== before.isEnabled || isPaused !== (before.pausedAt !== null)) {
        if (after.isEnabled && !isPaused) await startAfresh(manager, webhookId);
        await requestEvaluation(manager, [webhookId]);
      }
      return after;
    });
  }

  /**
   * Soft: the log stays readable. What was waiting is canceled, in the same commit unless it is very much.
   *
   * @throws DomainError `precondition_failed`
   */
  async softDelete(webhookId: string, { expected, ...reviser }: WebhookChange): Promise<void> {
    const { at } = reviser;
    await this.inTransaction(async (manager) => {
      const locked = await lockWebhooks(manager, [webhookId]);
      for (const webhook of locked) await refuseOthers(manager, webhook, expected);
      await reviseLocked(manager, locked, { deletedAt: at, isEnabled: false }, reviser);
      await withdrawPending(manager, 'webhook_id = $1', webhookId, 'webhook_deleted', at);
      await requestEvaluation(manager, [webhookId]);
    });
  }

  /** Closes the breaker: what waits goes out again, whatever the receiver asked for before. @returns whether it was open */
  async closeBreaker(webhookId: string): Promise<boolean> {
    const rows = await this.rows.query<{ wasOpen: boolean }[]>(
      `WITH before AS (
         SELECT webhook_id, paused_at FROM webhook_health WHERE webhook_id = $1 FOR UPDATE
       ), resumed AS (
         UPDATE webhook_health h SET paused_at = NULL, probe_at = NULL, probes = 0, resumed_at = now()
         FROM before WHERE h.webhook_id = before.webhook_id
       ) SELECT paused_at IS NOT NULL AS "wasOpen" FROM before`,
      [webhookId],
    );
    return rows[0]?.wasOpen ?? false;
  }

  /** Cancels what waits for a webhook that is disabled, replays too, a commit for each part. */
  async cancelWaiting(webhookId: string, at: Date): Promise<void> {
    const condition = `webhook_id = $1 AND kind <> 'test'`;
    for (;;) {
      const { manager } = this.rows;
      const canceled = await retryTransient(
        () => withdrawPending(manager, condition, webhookId, 'webhook_disabled', at, CANCELED_PER_COMMIT),
        KEEP_TRYING_MS,
      );
      if (canceled.length < CANCELED_PER_COMMIT) return;
    }
  }

  /** Has what waits follow the webhook's policy, a commit for each part. */
  async followPolicy(webhookId: string, policy: RetryPolicy): Promise<void> {
    await followPolicy(this.rows.manager, webhookId, policy);
  }

  /** Where URL and headers stay as they are, what is stored of them is left alone: it need not open. */
  private sealChange(
    before: WebhookConfig,
    { url, headers, ...change }: Partial<WebhookConfig>,
    isOpened: boolean,
  ): { change: Partial<WebhookRow>; ofPrivate?: PrivateRevision } {
    if (url === undefined && headers === undefined) return { change };
    const { webhookId } = before;
    const after = { url: url ?? before.url, headers: headers ?? before.headers };
    // What does not open is replaced by whatever is set, even where that is nothing.
    const changes = privateChangesBetween(isOpened ? before : UNKNOWN, after);
    if (changes.length === 0) return { change };
    const ofPrivate = {
      changes,
      sealedChanges: this.sealed.sealJson(webhookId, changes),
      sealedSettings: this.sealForRevision(webhookId, after),
    };
    return { change: { ...change, ...this.sealed.seal(webhookId, after) }, ofPrivate };
  }

  /** Revisions are kept for long: credentials of before are no longer in them. */
  private sealForRevision(webhookId: string, { url, headers }: PrivateSettings): Buffer | null {
    const shown = { url, headers: maskHeaders(Object.entries(headers)) };
    return this.sealed.seal(webhookId, shown).sealedSettings;
  }

  private inTransaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return retryTransient(() => this.rows.manager.transaction(work), KEEP_TRYING_MS);
  }
}

/** @throws DomainError `precondition_failed`, which says who was faster */
async function refuseOthers(
  manager: EntityManager,
  { webhookId, revision }: WebhookConfig,
  expected: readonly number[] | null,
): Promise<void> {
  if (expected === null || expected.includes(revision)) return;
  const [last] = await manager.query<{ by: string; at: Date }[]>(
    `SELECT revised_by AS by, revised_at AS at FROM webhook_revisions WHERE webhook_id = $1 AND revision = $2`,
    [webhookId, revision],
  );
  const who = last ? `: ${last.by} changed it at ${last.at.toISOString()}` : '';
  throw new DomainError(
    'precondition_failed',
    `The webhook is at revision ${String(revision)} by now${who}. Nothing was changed`,
  );
}

/** Before the settings, as outcomes take them that disable a webhook. */
async function lockHealth(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.query('SELECT FROM webhook_health WHERE webhook_id = $1 FOR UPDATE', [webhookId]);
}

/** Enabled or resumed by a person: the breaker is closed, and the time until it would be disabled begins again. */
async function startAfresh(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.query(
    `UPDATE webhook_health SET paused_at = NULL, probe_at = NULL, probes = 0, resumed_at = now(), failing_since = NULL
     WHERE webhook_id = $1`,
    [webhookId],
  );
}
