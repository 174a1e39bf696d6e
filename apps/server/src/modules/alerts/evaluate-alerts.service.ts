/** Looks at one webhook's state and opens, escalates or resolves its alerts. Repeating it changes nothing. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { retryTransient } from '../../platform/database/retry-transient.js';
import { Logger } from '../../platform/logging/logger.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { evaluateWebhook } from './domain/evaluate-webhook.js';
import { logAlertChange } from './log-alert-change.js';

const KEEP_TRYING_MS = 5_000;

@Injectable()
export class EvaluateAlertsService {
  constructor(
    private readonly evaluations: EvaluationRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async evaluate(webhookId: string): Promise<void> {
    const changes = await retryTransient(
      () =>
        this.evaluations.evaluate(webhookId, this.clock.now(), ({ facts, unresolved, dismissed, settings }) =>
          evaluateWebhook(facts, unresolved, dismissed, settings.rules),
        ),
      KEEP_TRYING_MS,
    );
    for (const change of changes) logAlertChange(this.logger, webhookId, change);
  }
}
