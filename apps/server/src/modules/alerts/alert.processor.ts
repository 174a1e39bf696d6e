/** The worker's end of the alert queue, and the sweep that finds webhooks whose hint was lost. */
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import { AlertQueue } from './alert.queue.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { EvaluateAlertsService } from './evaluate-alerts.service.js';

const SWEEP_INTERVAL_MS = 1_000;
const WEBHOOKS_PER_SWEEP = 100;

@Injectable()
export class AlertProcessor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;

  constructor(
    private readonly queue: AlertQueue,
    private readonly evaluations: EvaluationRepository,
    private readonly evaluateAlerts: EvaluateAlertsService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.process(({ webhookId }) => this.evaluate(webhookId));
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = null;
      });
    }, SWEEP_INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
    await this.queue.stopProcessing().catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    try {
      for (const webhookId of await this.evaluations.due(WEBHOOKS_PER_SWEEP)) await this.evaluate(webhookId);
    } catch (error) {
      this.logger.error('alerts.sweep_failed', error);
    }
  }

  private async evaluate(webhookId: string): Promise<void> {
    try {
      await this.evaluateAlerts.evaluate(webhookId);
    } catch (error) {
      this.logger.error('alerts.evaluation_failed', error, { webhookId });
    }
  }
}
