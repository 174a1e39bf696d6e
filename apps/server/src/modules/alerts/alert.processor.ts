/** The worker's end of the alert queue, the sweep that finds webhooks whose hint was lost, and the rounds. */
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
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
  private timers: NodeJS.Timeout[] = [];
  private sweeping: Promise<void> | null = null;
  private goingRound: Promise<void> | null = null;

  constructor(
    private readonly queue: AlertQueue,
    private readonly evaluations: EvaluationRepository,
    private readonly evaluateAlerts: EvaluateAlertsService,
    private readonly rounds: RunAlertRoundService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.queue.process(({ webhookId }) => this.evaluate(webhookId));
    const sweep = (): void => {
      this.sweeping ??= this.sweep().finally(() => {
        this.sweeping = null;
      });
    };
    const goRound = (): void => {
      this.goingRound ??= this.goRound().finally(() => {
        this.goingRound = null;
      });
    };
    this.timers = [setInterval(sweep, SWEEP_INTERVAL_MS), setInterval(goRound, ROUND_CHECK_MS)];
  }

  /** Begins here, where nobody waits for anybody: the later hook goes from module to module and waits for each. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async stop(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.sweeping, this.goingRound]);
    await this.queue.stopProcessing().catch(() => undefined);
  }

  private async sweep(): Promise<void> {
    try {
      for (const webhookId of await this.evaluations.due(WEBHOOKS_PER_SWEEP)) await this.evaluate(webhookId);
    } catch (error) {
      this.logger.error('alerts.sweep_failed', error);
    }
  }

  private async goRound(): Promise<void> {
    try {
      await this.rounds.run();
    } catch (error) {
      this.logger.error('alerts.round_failed', error);
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
