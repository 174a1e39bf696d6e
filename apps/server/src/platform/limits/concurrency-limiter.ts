/** Bounds how much of something runs at once: a few wait for a permit, in order and not for long; the rest is refused. */

export interface ConcurrencyLimits {
  maxConcurrent: number;
  /** Callers that wait for a permit. */
  maxWaiting: number;
  /** Of them, callers with the same key, so that one cannot keep the others out. */
  maxWaitingPerKey: number;
  maxWaitMs: number;
  /** Whether a permit rests after its use for as long as the use took; only while others wait. */
  restsAfterUse?: boolean;
}

interface Waiting {
  key: string;
  start: () => void;
}

export class ConcurrencyLimiter {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  /** @param refusal what a caller gets for whom there is no room */
  constructor(
    private readonly limits: ConcurrencyLimits,
    private readonly refusal: () => Error,
  ) {}

  /** @throws the refusal, at once or after the longest wait; whatever the work throws */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    await this.acquire(key);
    const beganAt = performance.now();
    try {
      return await work();
    } finally {
      this.releaseAfter(performance.now() - beganAt);
    }
  }

  /** @throws the refusal that a caller would get now, for those who can say so before they do more */
  assertRoomFor(key: string): void {
    const { maxConcurrent, maxWaiting, maxWaitingPerKey } = this.limits;
    if (this.running < maxConcurrent) return;
    const ofKey = this.waiting.filter((other) => other.key === key).length;
    if (this.waiting.length >= maxWaiting || ofKey >= maxWaitingPerKey) throw this.refusal();
  }

  private async acquire(key: string): Promise<void> {
    this.assertRoomFor(key);
    if (this.running >= this.limits.maxConcurrent) await this.wait(key);
    else this.running += 1;
  }

  private wait(key: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        key,
        start: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(this.refusal());
      }, this.limits.maxWaitMs);
      timer.unref();
      this.waiting.push(waiting);
    });
  }

  private releaseAfter(usedMs: number): void {
    if (!this.limits.restsAfterUse || this.waiting.length === 0) this.release();
    else
      setTimeout(() => {
        this.release();
      }, usedMs).unref();
  }

  /** The permit goes to the caller that waits longest. */
  private release(): void {
    const next = this.waiting.shift();
    if (next) next.start();
    else this.running -= 1;
  }
}
