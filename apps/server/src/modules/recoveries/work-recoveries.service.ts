/** Moves recoveries on, step by step, wherever a worker runs. Of several workers each takes what is due and free. */
import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { runAll } from '../../platform/batching/run-all.js';
import { Logger } from '../../platform/logging/logger.js';
import { RecoveryStepsRepository } from './data/recovery-steps.repository.js';
import { StepRecoveryService } from './step-recovery.service.js';

const INTERVAL_MS = 200;
/** A worker that dies in a step is replaced after so long. */
const LEASE_MS = 10_000;
const RECOVERIES_PER_ROUND = 8;
const STEPS_AT_ONCE = 2;
/** How long a stopping worker waits for the round under way. */
const FAREWELL_MS = 1_000;

@Injectable()
export class WorkRecoveriesService
  implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();
  private isStopped = false;
  private stopped: Promise<void> = Promise.resolve();
  private hasFailed = false;

  constructor(
    private readonly steps: RecoveryStepsRepository,
    private readonly stepRecovery: StepRecoveryService,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.nextRound();
  }

  /** Begins here, where nobody waits for anybody: the later hook goes from module to module and waits for each. */
  onModuleDestroy(): void {
    this.stopped = this.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stopped;
  }

  /** A step that takes longer is rolled back or committed without us; either is as good. */
  private async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    const farewell = new AbortController();
    await Promise.race([
      this.round.then(() => this.stepRecovery.allCounted()),
      delay(FAREWELL_MS, undefined, { signal: farewell.signal }).catch(() => undefined),
    ]);
    farewell.abort();
  }

  private nextRound(): void {
    this.timer = setTimeout(() => {
      this.round = this.moveOn().finally(() => {
        if (!this.isStopped) this.nextRound();
      });
    }, INTERVAL_MS);
  }

  private async moveOn(): Promise<void> {
    try {
      const claims = await this.steps.claim(LEASE_MS, RECOVERIES_PER_ROUND);
      await runAll(
        claims.map((claim) => () => this.stepRecovery.step(claim)),
        STEPS_AT_ONCE,
      );
      this.hasFailed = false;
    } catch (error) {
      // Said once: while PostgreSQL is away every round fails.
      if (!this.hasFailed) this.logger.error('recovery.step_failed', error);
      this.hasFailed = true;
    }
  }
}
