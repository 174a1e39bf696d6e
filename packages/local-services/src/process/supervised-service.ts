/** Keeps one local service running on its port until it is stopped: when it dies, it is started again. */
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, type Report } from '../report.js';
import type { LeashedProcess } from './leashed-process.js';

const FIRST_BACKOFF_MS = 100;
const MAX_BACKOFF_MS = 5_000;

export interface ServiceRecipe {
  name: string;
  /** Starts the program and resolves when it answers; called again, with everything unchanged, after it died. */
  launch: () => Promise<LeashedProcess>;
  report: Report;
}

export class SupervisedService {
  private readonly stopping = new AbortController();
  private readonly watched: Promise<void>;
  /** Until then it stays down when it ends. */
  private downtime: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly recipe: ServiceRecipe,
    private current: LeashedProcess,
  ) {
    this.watched = this.watch();
  }

  static async start(recipe: ServiceRecipe): Promise<SupervisedService> {
    return new SupervisedService(recipe, await recipe.launch());
  }

  /** While `work` is under way, a program that ends is not started again. */
  async keepDown(work: () => Promise<void>): Promise<void> {
    const worked = work();
    this.downtime = worked.catch(() => undefined);
    await worked;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.current.stop();
    await this.watched;
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async watch(): Promise<void> {
    for (;;) {
      await this.current.ended;
      if (this.isStopping()) return;
      await this.downtime;
      if (this.isStopping()) return;
      this.recipe.report(`${this.recipe.name} ended unexpectedly; starting it again`);
      await this.relaunch();
      if (this.isStopping()) {
        await this.current.stop();
        return;
      }
    }
  }

  private async relaunch(): Promise<void> {
    for (let backoffMs = FIRST_BACKOFF_MS; !this.isStopping(); backoffMs *= 2) {
      try {
        this.current = await this.recipe.launch();
        this.recipe.report(`${this.recipe.name} is back`);
        return;
      } catch (error) {
        this.recipe.report(`${this.recipe.name} did not start: ${messageOf(error)}`);
        await delay(Math.min(backoffMs, MAX_BACKOFF_MS), undefined, {
          signal: this.stopping.signal,
        }).catch(() => undefined);
      }
    }
  }
}
