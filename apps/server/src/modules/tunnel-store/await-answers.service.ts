/** Waits for the answers of requests that this process placed: one query for all, after a hint or periodically. */
import { Injectable } from '@nestjs/common';
import { TunnelRequestsRepository } from './data/tunnel-requests.repository.js';
import type { TunnelAnswer } from './tunnel.js';
import { TunnelHints } from './tunnel-hints.js';

const LOOK_MS = 200;

@Injectable()
export class AwaitAnswersService {
  private readonly waiting = new Map<string, (answer: TunnelAnswer) => void>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isHinted = false;

  constructor(
    private readonly requests: TunnelRequestsRepository,
    hints: TunnelHints,
  ) {
    hints.listen('answer', (requestId) => {
      if (this.waiting.has(requestId)) void this.look();
    });
  }

  /** @returns undefined: none came in time */
  async wait(requestId: string, timeoutMs: number): Promise<TunnelAnswer | undefined> {
    const { promise, resolve } = Promise.withResolvers<TunnelAnswer | undefined>();
    this.waiting.set(requestId, resolve);
    const timer = setTimeout(
      () => {
        resolve(undefined);
      },
      Math.max(0, timeoutMs),
    );
    this.plan();
    const answer = await promise;
    clearTimeout(timer);
    this.waiting.delete(requestId);
    return answer ?? this.requests.withdraw(requestId);
  }

  private plan(): void {
    if (this.waiting.size > 0) this.timer ??= setTimeout(() => void this.look(), LOOK_MS);
  }

  private async look(): Promise<void> {
    this.isHinted = this.isLooking;
    if (this.isLooking) return;
    this.isLooking = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    try {
      const answers = await this.requests.collect([...this.waiting.keys()]);
      for (const [requestId, answer] of answers) this.waiting.get(requestId)?.(answer);
    } catch {
      // PostgreSQL is away; the next look comes soon.
    }
    this.isLooking = false;
    if (this.isHinted) void this.look();
    else this.plan();
  }
}
