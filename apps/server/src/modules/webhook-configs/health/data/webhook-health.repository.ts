/** Writes `webhook_health`, except for what outcomes of attempts change (apply-outcomes.ts). */
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { NIL } from 'uuid';
import type { Transaction } from '../../../../platform/database/transaction.js';
import { FIRST_PROBE_MS, MAX_PROBE_MS } from '../domain/breaker.js';

const PAGE_SIZE = 1_000;
const MAX_PROBES_COUNTED = 100;
/** After this many probes the wait between two of them is at its longest. */
const MAX_DOUBLINGS = 10;

/** SQL: increases the versions of the webhooks in `touched`, in the order in which outcomes lock them. */
function touchAll(which: string): string {
  return `WITH touched AS (${which}
     ) UPDATE webhook_health h SET version = version + 1 FROM touched WHERE h.webhook_id = touched.webhook_id`;
}

export interface EvaluatedHealth {
  webhookId: string;
  version: number;
  exhaustedTotal: number;
}

@Injectable()
export class WebhookHealthRepository {
  constructor(private readonly dataSource: DataSource) {}

  async insert(transaction: Transaction, webhookId: string): Promise<void> {
    await transaction.query('INSERT INTO webhook_health (webhook_id) VALUES ($1)', [webhookId]);
  }

  /** Before the webhook's configuration: outcomes that disable a webhook lock in that order. */
  async lock(transaction: Transaction, webhookId: string): Promise<void> {
    await transaction.query('SELECT FROM webhook_health WHERE webhook_id = $1 FOR UPDATE', [webhookId]);
  }

  /** A person enabled or resumed it: the breaker is closed, and the time until it would be disabled begins again. */
  async reset(transaction: Transaction, webhookId: string): Promise<void> {
    await transaction.query(
      `UPDATE webhook_health SET paused_at = NULL, probe_at = NULL, probes = 0, resumed_at = now(), failing_since = NULL
       WHERE webhook_id = $1`,
      [webhookId],
    );
  }

  /** Resumes sending at once, even if the receiver had asked to wait. @returns whether the breaker was open */
  async closeBreaker(webhookId: string): Promise<boolean> {
    const rows = await this.dataSource.query<{ wasOpen: boolean }[]>(
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

  /** @returns whether the caller may send the probe through the open breaker that is due; one worker gets it */
  async takeProbe(webhookId: string): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `WITH taken AS (
         UPDATE webhook_health SET probes = least(probes + 1, ${String(MAX_PROBES_COUNTED)}),
           probe_at = now() + least($2::integer * 2 ^ least(probes + 1, ${String(MAX_DOUBLINGS)}), $3::integer)
             * interval '1 millisecond'
         WHERE webhook_id = $1 AND paused_at IS NOT NULL AND probe_at <= now() RETURNING webhook_id
       ) SELECT webhook_id FROM taken`,
      [webhookId, FIRST_PROBE_MS, MAX_PROBE_MS],
    );
    return rows.length > 0;
  }

  /** Has the alerts of webhooks evaluated again: a person changed what they are about. */
  async requestEvaluation(transaction: Transaction, webhookIds: readonly string[]): Promise<void> {
    await transaction.query(
      touchAll(
        'SELECT webhook_id FROM webhook_health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR UPDATE',
      ),
      [webhookIds],
    );
  }

  /** The same for those webhooks of an app that an alert rule could apply to. */
  async requestEvaluationOfApp(transaction: Transaction, appId: string): Promise<void> {
    await transaction.query(
      touchAll(`
       SELECT h.webhook_id FROM webhook_health h JOIN webhook_configs w USING (webhook_id)
       WHERE w.app_id = $1 AND (h.consecutive_failures > 0 OR h.exhausted_since_success > 0 OR NOT w.is_enabled
         OR EXISTS (SELECT FROM alerts a WHERE a.webhook_id = h.webhook_id AND a.status <> 'resolved'))
       ORDER BY h.webhook_id FOR UPDATE OF h`),
      [appId],
    );
  }

  /** The rows are locked in the order in which outcomes lock them, see apply-outcomes.ts. */
  async markEvaluated(transaction: Transaction, evaluated: readonly EvaluatedHealth[]): Promise<void> {
    await transaction.query(
      `WITH locked AS (
         SELECT webhook_id FROM webhook_health WHERE webhook_id = ANY($1) ORDER BY webhook_id FOR UPDATE
       )
       UPDATE webhook_health h SET evaluated_version = i.version, evaluated_exhausted_total = i.exhausted_total
       FROM locked JOIN unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS i(webhook_id, version, exhausted_total)
         USING (webhook_id)
       WHERE h.webhook_id = locked.webhook_id`,
      [
        evaluated.map((each) => each.webhookId),
        evaluated.map((each) => each.version),
        evaluated.map((each) => each.exhaustedTotal),
      ],
    );
  }

  /**
   * Starts the cooldown between two check-ups of a receiver, for all processes.
   *
   * @returns null when it was started; otherwise the seconds until the running one ends
   */
  async startCheckup(webhookId: string, cooldownSeconds: number): Promise<number | null> {
    const [rows] = await this.dataSource.query<[{ webhook_id: string }[], number]>(
      `UPDATE webhook_health SET checked_up_at = now()
       WHERE webhook_id = $1 AND (checked_up_at IS NULL OR checked_up_at <= now() - $2 * interval '1 second')
       RETURNING webhook_id`,
      [webhookId, cooldownSeconds],
    );
    if (rows.length > 0) return null;
    const [row] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT greatest(1, ceil(extract(epoch FROM checked_up_at - now()) + $2))::integer AS seconds
       FROM webhook_health WHERE webhook_id = $1`,
      [webhookId, cooldownSeconds],
    );
    return row?.seconds ?? cooldownSeconds;
  }

  /** Webhooks that are marked as unopenable, in pages. */
  async *unopenable(): AsyncGenerator<string[]> {
    for (let after: string = NIL; ;) {
      const rows = await this.dataSource.query<{ id: string }[]>(
        `SELECT webhook_id AS id FROM webhook_health WHERE unopenable_since IS NOT NULL AND webhook_id > $1
         ORDER BY webhook_id LIMIT ${String(PAGE_SIZE)}`,
        [after],
      );
      const last = rows.at(-1);
      if (!last) return;
      yield rows.map(({ id }) => id);
      after = last.id;
    }
  }

  /** Has its alerts evaluated too. */
  async markUnopenable(webhookId: string, isUnopenable: boolean): Promise<void> {
    await this.dataSource.query(
      `UPDATE webhook_health SET unopenable_since = CASE WHEN $2 THEN now() END, version = version + 1
       WHERE webhook_id = $1 AND (unopenable_since IS NULL) = $2`,
      [webhookId, isUnopenable],
    );
  }
}
