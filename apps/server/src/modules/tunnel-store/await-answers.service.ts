/** Waits for the answers of requests that this process placed: one query for all, after a hint or periodically. */
import { Injectable } from '@nestjs/common';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import type { TunnelAnswer } from './tunnel.js';
import { TunnelHints } from './tunnel-hints.js';

const LOOK_MS = 200;

interface Waiting {
  answer: TunnelAnswer | undefined;
  wake: () => void;
}

@Injectable()
export class AwaitAnswersService {
  private readonly waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private isHinted = false;

  constructor(
    private readonly requests: TunnelRequestsRepository,
    hints: TunnelHints,
  ) {
    hints.listen('answer', (requestId) => {
      if (this.waiting.has(requestId)) this.look();
    });
  }

  /** @returns undefined: none came in time */
  async wait(requestId: string, timeoutMs: number): Promise<TunnelAnswer | undefined> {
    const { promise, resolve: wake } = Promise.withResolvers<undefined>();
    const waiting: Waiting = {
      answer: undefined,
      wake: () => {
        wake(undefined);
      },
    };
    this.waiting.set(requestId, waiting);
    const timer = setTimeout(waiting.wake, Math.max(0, timeoutMs));
    this.plan();
    await promise;
    clearTimeout(timer);
    try {
      return waiting.answer ?? (await this.lastAnswer(requestId, waiting));
    } finally {
      this.waiting.delete(requestId);
    }
  }

  /** Ends the wait. A look under way may have removed the row, and brings its answer. */
  private async lastAnswer(requestId: string, waiting: Waiting): Promise<TunnelAnswer | undefined> {
    const withdrawn = await this.requests.withdraw(requestId);
    if (!withdrawn) await this.looking;
    return withdrawn ?? waiting.answer;
  }

  private plan(): void {
    if (this.waiting.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.look();
    }, LOOK_MS);
  }

  private look(): void {
    this.isHinted = this.looking !== undefined;
    this.looking ??= this.collect();
  }

  private async collect(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      const answers = await this.requests.collect([...this.waiting.keys()]);
      for (const [requestId, answer] of answers) this.pass(requestId, answer);
    } catch {
      // PostgreSQL is away; the next look comes soon.
    }
    this.looking = undefined;
    if (this.isHinted) this.look();
    else this.plan();
  }

  private pass(requestId: string, answer: TunnelAnswer): void {
    const waiting = this.waiting.get(requestId);
    if (!waiting) return;
    waiting.answer = answer;
    waiting.wake();
  }
}
