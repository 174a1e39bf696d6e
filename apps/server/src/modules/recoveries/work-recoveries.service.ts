/** Runs due recoveries step by step. Each worker claims what is due and unclaimed. */
import { Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import type { RepeatingTask } from '../../platform/background/repeating-task.js';
import { waitAtMost } from '../../platform/background/wait-at-most.js';
import { ConcurrencyLimiter } from '../../platform/limits/concurrency-limiter.js';
import { RecoveryStepsRepository } from './data/recovery-steps.repository.js';
import { StepRecoveryService } from './step-recovery.service.js';

const INTERVAL_MS = 200;
/** The lease of a step: after a worker died, another one takes over after this. */
const LEASE_MS = 10_000;
const RECOVERIES_PER_ROUND = 8;
const MAX_STEPS = 2;
/** How long a stopping worker waits for the round under way. */
const MAX_STOP_MS = 1_000;

@Injectable()
export class WorkRecoveriesService implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly rounds: RepeatingTask;
  private readonly limiter = new ConcurrencyLimiter({ maxConcurrent: MAX_STEPS });
  private stopped: Promise<void> = Promise.resolve();

  constructor(
    private readonly steps: RecoveryStepsRepository,
    private readonly stepRecovery: StepRecoveryService,
    background: BackgroundTasks,
  ) {
    this.rounds = background.repeat({
      failureEvent: 'recovery.step_failed',
      // While PostgreSQL is away every round fails.
      logsFirstFailureOnly: true,
      delayMs: INTERVAL_MS,
      run: () => this.moveOn(),
    });
  }

  /**
   * Starts in this hook because the later one waits for each module in turn. A step that takes longer than the shutdown
   * is rolled back or committed; both are safe.
   */
  onModuleDestroy(): void {
    const ended = this.rounds.stop().then(() => this.stepRecovery.allCounted());
    this.stopped = waitAtMost(MAX_STOP_MS, ended);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  private async moveOn(): Promise<void> {
    const claims = await this.steps.claim(LEASE_MS, RECOVERIES_PER_ROUND);
    await this.limiter.runAll(claims.map((claim) => () => this.stepRecovery.step(claim)));
  }
}
