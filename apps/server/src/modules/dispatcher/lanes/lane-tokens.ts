/** Keeps the rate-limit tokens that this process has for a webhook, and requests more. */

/** Requests tokens from the rate limiter. @returns tokens, and milliseconds until the next one */
export type AskTokens = (ratePerSecond: number, wanted: number) => Promise<[tokens: number, waitMs: number]>;

export class LaneTokens {
  private count = 0;
  private asking: Promise<number> | null = null;

  /** Requests that may be sent now. */
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

  /** Uses a token for a request that will be sent. */
  use(): void {
    this.count -= 1;
  }

  /** @returns whether there was one */
  take(): boolean {
    if (this.count < 1) return false;
    this.use();
    return true;
  }

  /** Drops the tokens of the old rate. */
  clear(): void {
    this.count = 0;
  }

  private async add(answer: ReturnType<AskTokens>): Promise<number> {
    const [tokens, waitMs] = await answer;
    this.count += tokens;
    return tokens > 0 ? 0 : Math.max(1, waitMs);
  }
}
