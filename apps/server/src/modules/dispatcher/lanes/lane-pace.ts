/**
 * How many deliveries of one webhook may be under way at once in this process. It grows by one with each answer while
 * it is used up, so it doubles with each round trip, and is halved when the receiver shows that it has too much.
 */
const FIRST = 32;
const MOST = 256;
/** After a breaker opened: the backlog drains gently at first. */
const AFTER_PAUSE = 1;
/** An answer that takes longer makes the webhook a slow one, kept apart from the quick ones. */
export const SLOW_MS = 1_000;
/** So many quick answers in a row make it a quick one again. */
const QUICK_STREAK = 3;

export class LanePace {
  private limit = FIRST;
  private quickStreak = 0;
  private isSlowNow = false;

  get inFlightLimit(): number {
    return this.limit;
  }

  get isSlow(): boolean {
    return this.isSlowNow;
  }

  /** @param isOverloaded a timeout, a refused connection, 429 or 503 */
  answered(durationMs: number, isOverloaded: boolean, inFlight: number): void {
    if (durationMs >= SLOW_MS) this.markSlow();
    else if (++this.quickStreak >= QUICK_STREAK) this.isSlowNow = false;
    if (isOverloaded) this.limit = Math.max(1, Math.ceil(this.limit / 2));
    else if (inFlight >= this.limit) this.limit = Math.min(MOST, this.limit + 1);
  }

  /** One of its deliveries has been under way for long. */
  markSlow(): void {
    this.isSlowNow = true;
    this.quickStreak = 0;
  }

  restart(): void {
    this.limit = AFTER_PAUSE;
  }
}
