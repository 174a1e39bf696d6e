/** Updates the health of webhooks for other modules. */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { Clock } from '../../../platform/clock/clock.js';
import type { Transaction } from '../../../platform/database/transaction.js';
import { applyOutcomes } from './data/apply-outcomes.js';
import { WebhookHealthRepository, type EvaluatedHealth } from './data/webhook-health.repository.js';
import type { HealthChange } from './domain/breaker.js';
import { summarizeOutcomes, type RecordedAttempt } from './domain/summarize-outcomes.js';

const DAY_MS = 86_400_000;

@Injectable()
export class UpdateHealthService {
  constructor(
    private readonly health: WebhookHealthRepository,
    private readonly clock: Clock,
    @Inject(ENV) private readonly env: Pick<Env, 'WEBHOOK_AUTO_DISABLE_DAYS'>,
  ) {}

  /**
   * @param attempts in the order in which they ended
   * @returns the webhooks whose health changed
   */
  applyOutcomes(
    transaction: Transaction,
    attempts: readonly RecordedAttempt[],
  ): Promise<Map<string, HealthChange>> {
    return applyOutcomes(transaction, summarizeOutcomes(attempts), {
      now: this.clock.now(),
      disableAfterMs: this.env.WEBHOOK_AUTO_DISABLE_DAYS * DAY_MS,
    });
  }

  /** @returns whether the breaker was open */
  closeBreaker(webhookId: string): Promise<boolean> {
    return this.health.closeBreaker(webhookId);
  }

  /** @returns whether the caller may send the probe through the open breaker that is due */
  takeProbe(webhookId: string): Promise<boolean> {
    return this.health.takeProbe(webhookId);
  }

  /** Has the alerts of an app evaluated again, by new rules. */
  requestEvaluationOfApp(transaction: Transaction, appId: string): Promise<void> {
    return this.health.requestEvaluationOfApp(transaction, appId);
  }

  /** Notes up to which of their versions the alerts of webhooks were evaluated. */
  markEvaluated(transaction: Transaction, evaluated: readonly EvaluatedHealth[]): Promise<void> {
    return this.health.markEvaluated(transaction, evaluated);
  }

  /** @returns null: the check-up may begin; otherwise the seconds until it may */
  startCheckup(webhookId: string, cooldownSeconds: number): Promise<number | null> {
    return this.health.startCheckup(webhookId, cooldownSeconds);
  }
}
