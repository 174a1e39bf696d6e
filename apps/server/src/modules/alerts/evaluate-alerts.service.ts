/** Looks at one webhook's state and opens, escalates or resolves its alerts. Repeating it changes nothing. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { retryTransient } from '../../platform/database/retry-transient.js';
import { Logger } from '../../platform/logging/logger.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { evaluateWebhook, type AlertChange } from './domain/evaluate-webhook.js';

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
        this.evaluations.evaluate(webhookId, this.clock.now(), ({ facts, unresolved, dismissed }) =>
          evaluateWebhook(facts, unresolved, dismissed),
        ),
      KEEP_TRYING_MS,
    );
    for (const change of changes) this.log(webhookId, change);
  }

  private log(webhookId: string, change: AlertChange): void {
    switch (change.kind) {
      case 'open':
        this.logger.warn('alert.opened', { webhookId, rule: change.rule, severity: change.severity });
        return;
      case 'update':
        if (change.isEscalation) this.logger.warn('alert.escalated', { webhookId, alertId: change.alertId });
        return;
      case 'resolve':
        this.logger.info('alert.resolved', { webhookId, alertId: change.alertId });
    }
  }
}
