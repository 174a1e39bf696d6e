/**
 * Limits how many requests of one webhook are in flight in this process. It grows by one with each answer while
 * it is used up, so it doubles with each round trip, and is halved when the receiver shows that it has too much.
 */
const FIRST_LIMIT = 32;
/** Until the first answer, so that many new webhooks that hang take few permits. */
const LIMIT_ON_TRIAL = 2;
const MAX_LIMIT = 256;
/** After the breaker has closed, so that the backlog drains slowly at first. */
const LIMIT_AFTER_BREAKER = 1;
/** An answer that takes longer makes the webhook a slow one, kept apart from the quick ones. */
export const SLOW_MS = 1_000;
/** This many quick answers in a row make it a quick one again. */
const QUICK_STREAK = 3;

/** How an attempt ended. */
export interface AttemptEnd {
  durationMs: number;
  /** The receiver answered, with any status. */
  isAnswered: boolean;
  /** A timeout, a refused connection, 429 or 503. */
  isOverloaded: boolean;
}

export class LanePace {
  private limit = FIRST_LIMIT;
  private quickStreak = 0;
  private isSlowNow = false;
  private hasAnsweredOnce = false;

  get inFlightLimit(): number {
    return this.hasAnsweredOnce || this.isSlowNow ? this.limit : Math.min(LIMIT_ON_TRIAL, this.limit);
  }

  /** Its receiver has answered a request of this process, with any status. */
  get hasAnswered(): boolean {
    return this.hasAnsweredOnce;
  }

  get isSlow(): boolean {
    return this.isSlowNow;
  }

  ended({ durationMs, isAnswered, isOverloaded }: AttemptEnd, inFlight: number): void {
    if (isAnswered) this.hasAnsweredOnce = true;
    if (durationMs >= SLOW_MS) this.markSlow();
    else if (++this.quickStreak >= QUICK_STREAK) this.isSlowNow = false;
    if (isOverloaded) this.limit = Math.max(1, Math.ceil(this.limit / 2));
    else if (inFlight >= this.limit) this.limit = Math.min(MAX_LIMIT, this.limit + 1);
  }

  /** One of its requests has been in flight for long. */
  markSlow(): void {
    this.isSlowNow = true;
    this.quickStreak = 0;
  }

  restart(): void {
    this.limit = LIMIT_AFTER_BREAKER;
  }

  /** It leads to another receiver from now on. */
  beginTrial(): void {
    this.hasAnsweredOnce = false;
  }
}
