/** Processes the alert queue, sweeps for webhooks whose hint was lost, and runs the rounds. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { AlertQueue } from './alert.queue.js';
import { EvaluationRepository } from './data/evaluation.repository.js';
import { EvaluateAlertsService } from './evaluate-alerts.service.js';
import { RunAlertRoundService } from './run-alert-round.service.js';

const SWEEP_INTERVAL_MS = 1_000;
const WEBHOOKS_PER_SWEEP = 100;
/** How often a worker asks whether the next round is due. */
const ROUND_CHECK_MS = 5_000;

@Injectable()
export class AlertProcessor implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private stopped: Promise<void> = Promise.resolve();

  constructor(
    private readonly queue: AlertQueue,
    private readonly evaluations: EvaluationRepository,
    private readonly evaluateAlerts: EvaluateAlertsService,
    rounds: RunAlertRoundService,
    background: BackgroundTasks,
  ) {
    background.repeat({
      failureEvent: 'alerts.sweep_failed',
      delayMs: SWEEP_INTERVAL_MS,
      run: () => this.sweep(),
    });
    background.repeat({
      failureEvent: 'alerts.round_failed',
      delayMs: ROUND_CHECK_MS,
      run: () => rounds.run(),
    });
  }

  onApplicationBootstrap(): void {
    this.queue.process(({ webhookIds }) => this.evaluateAlerts.evaluate(webhookIds));
  }

  /** Starts in this hook because the later one waits for each module in turn. */
  onModuleDestroy(): void {
    this.stopped = this.queue.stopProcessing().catch(() => undefined);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async sweep(): Promise<void> {
    await this.evaluateAlerts.evaluate(await this.evaluations.due(WEBHOOKS_PER_SWEEP));
  }
}
