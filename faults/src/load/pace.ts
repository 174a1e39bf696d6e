import { setTimeout as delay } from 'node:timers/promises';

/** The burst after a time in which no sender could send. */
const MAX_AHEAD_MS = 500;

/** Bounds how many events a second all senders of a stream post together. */
export class Pace {
  private nextAt = performance.now();

  constructor(private readonly eventsPerSecond: number) {}

  /** Resolves when this many more may be sent. */
  async wait(events: number): Promise<void> {
    const now = performance.now();
    const at = Math.max(this.nextAt, now - MAX_AHEAD_MS);
    this.nextAt = at + (events * 1_000) / this.eventsPerSecond;
    if (at > now) await delay(at - now);
  }
}
