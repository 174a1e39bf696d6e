/** Bounds how many run at once: each has a permit; others wait for one, in order, or are refused. */

export interface ConcurrencyLimits {
  /** Permits in use at once. */
  maxConcurrent: number;
  /** Of them, with the same key. */
  maxConcurrentPerKey?: number;
  /** Callers that wait for a permit; absent: their number is bounded elsewhere. */
  maxWaiting?: number;
  /** Of them, callers with the same key, so that one key cannot fill the queue. */
  maxWaitingPerKey?: number;
  /** How long each of them waits; absent: for as long as it takes. */
  maxWaitMs?: number;
  /** Whether a permit rests after its use for as long as the use took; only while others wait. */
  restsAfterUse?: boolean;
}

/** For what stays open for long, such as a download. */
export interface Permit {
  /** Calling it again does nothing. */
  release: () => void;
}

interface Waiting {
  key: string;
  start: () => void;
}

export class ConcurrencyLimiter {
  private running = 0;
  private readonly runningByKey = new Map<string, number>();
  private readonly waiting: Waiting[] = [];

  /** @param refusal thrown to a caller that may not wait, or waited for too long */
  constructor(
    private readonly limits: ConcurrencyLimits,
    private readonly refusal: () => Error = () => new Error('Too much is under way already'),
  ) {}

  /** @throws the refusal, at once or after the longest wait; what the work throws */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (!this.acquire(key)) await this.wait(key);
    const beganAt = performance.now();
    try {
      return await work();
    } finally {
      this.releaseAfter(key, performance.now() - beganAt);
    }
  }

  /** @throws the first failure, once all have ended: a failure does not stop the others */
  async runAll(works: readonly (() => Promise<unknown>)[]): Promise<void> {
    const failures: unknown[] = [];
    await Promise.all(
      works.map((work) => this.run('', work).catch((error: unknown) => failures.push(error))),
    );
    if (failures.length > 0) throw failures[0] as Error;
  }

  /** @returns undefined when there is no permit now */
  tryAcquire(key: string): Permit | undefined {
    if (!this.acquire(key)) return undefined;
    let isTaken = true;
    return {
      release: () => {
        if (!isTaken) return;
        isTaken = false;
        this.release(key);
      },
    };
  }

  /** @throws the refusal that a caller would get now, to check it early */
  assertAdmits(key: string): void {
    if (this.mayStart(key)) return;
    const { maxWaiting = Infinity, maxWaitingPerKey = Infinity } = this.limits;
    const ofKey = this.waiting.filter((other) => other.key === key).length;
    if (this.waiting.length >= maxWaiting || ofKey >= maxWaitingPerKey) throw this.refusal();
  }

  private mayStart(key: string): boolean {
    const { maxConcurrent, maxConcurrentPerKey = Infinity } = this.limits;
    return this.running < maxConcurrent && (this.runningByKey.get(key) ?? 0) < maxConcurrentPerKey;
  }

  private acquire(key: string): boolean {
    if (!this.mayStart(key)) return false;
    this.running += 1;
    this.runningByKey.set(key, (this.runningByKey.get(key) ?? 0) + 1);
    return true;
  }

  private async wait(key: string): Promise<void> {
    this.assertAdmits(key);
    const { maxWaitMs } = this.limits;
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(this.refusal());
      };
      const timer = maxWaitMs === undefined ? undefined : setTimeout(giveUp, maxWaitMs).unref();
      const start = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const waiting: Waiting = { key, start };
      this.waiting.push(waiting);
    });
  }

  private releaseAfter(key: string, usedMs: number): void {
    if (!this.limits.restsAfterUse || this.waiting.length === 0) this.release(key);
    else
      setTimeout(() => {
        this.release(key);
      }, usedMs).unref();
  }

  private release(key: string): void {
    this.running -= 1;
    const ofKey = (this.runningByKey.get(key) ?? 0) - 1;
    if (ofKey > 0) this.runningByKey.set(key, ofKey);
    // Keys come and go.
    else this.runningByKey.delete(key);
    this.startNext();
  }

  /** Passes the permit directly to the caller that waits longest. */
  private startNext(): void {
    const next = this.waiting.find((waiting) => this.mayStart(waiting.key));
    if (!next) return;
    this.waiting.splice(this.waiting.indexOf(next), 1);
    this.acquire(next.key);
    next.start();
  }
}
