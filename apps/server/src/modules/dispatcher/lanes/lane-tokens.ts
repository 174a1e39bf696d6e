/** Keeps the requests that the rate limiter has allowed a webhook in this process, and asks for more. */

/** Asks the rate limiter. @returns tokens, and milliseconds until the next one */
export type AskTokens = (ratePerSecond: number, wanted: number) => Promise<[tokens: number, waitMs: number]>;

export class LaneTokens {
  private count = 0;
  private asking: Promise<number> | null = null;

  /** Requests allowed now. */
  get left(): number {
    return this.count;
  }

  get isAsking(): boolean {
    return this.asking !== null;
  }

  /** Concurrent callers share one answer. @returns milliseconds to wait; 0: there are tokens now */
  refill(ask: AskTokens, ratePerSecond: number, wanted: number): Promise<number> {
    this.asking ??= this.add(ask(ratePerSecond, wanted)).finally(() => (this.asking = null));
    return this.asking;
  }

  /** Of a request that was decided on. */
  use(): void {
    this.count -= 1;
  }

  /** @returns whether there was one */
  take(): boolean {
    if (this.count < 1) return false;
    this.use();
    return true;
  }

  /** The rate was changed: what was allowed under the old one counts no more. */
  clear(): void {
    this.count = 0;
  }

  private async add(answer: ReturnType<AskTokens>): Promise<number> {
    const [tokens, waitMs] = await answer;
    this.count += tokens;
    return tokens > 0 ? 0 : Math.max(1, waitMs);
  }
}
