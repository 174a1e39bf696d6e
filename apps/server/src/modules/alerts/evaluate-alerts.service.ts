/** Evaluates the state of webhooks and opens, escalates or resolves their alerts. Repeating it changes nothing. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { isTransient, retryTransient } from '../../platform/database/retry-transient.js';
import { Logger } from '../../platform/logging/logger.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { evaluateWebhook } from './domain/evaluate-webhook.js';
import { logAlertChange } from './log-alert-change.js';

const KEEP_TRYING_MS = 5_000;
const MAX_LOGGED_IDS = 10;

@Injectable()
export class EvaluateAlertsService {
  constructor(
    private readonly evaluations: EvaluationRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Never rejects: a failure is logged and the webhook stays due. If one of many fails, the others are evaluated alone. */
  async evaluate(webhookIds: readonly string[]): Promise<void> {
    if (webhookIds.length === 0) return;
    try {
      await this.evaluateTogether(webhookIds);
    } catch (error) {
      if (webhookIds.length === 1 || isTransient(error)) {
        this.logger.error('alerts.evaluation_failed', error, {
          webhookIds: webhookIds.slice(0, MAX_LOGGED_IDS),
        });
      } else for (const id of webhookIds) await this.evaluate([id]);
    }
  }

  private async evaluateTogether(webhookIds: readonly string[]): Promise<void> {
    const changes = await retryTransient(
      () =>
        this.evaluations.evaluate(
          webhookIds,
          this.clock.now(),
          ({ facts, unresolved, dismissed, settings }) =>
            evaluateWebhook(facts, unresolved, dismissed, settings.rules),
        ),
      KEEP_TRYING_MS,
    );
    for (const change of changes) logAlertChange(this.logger, change);
  }
}
