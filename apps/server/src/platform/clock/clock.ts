/** Provides the time, injectable for tests. */
export abstract class Clock {
  /** Unix time in milliseconds. */
  abstract nowMs(): number;

  now(): Date {
    return new Date(this.nowMs());
  }
}

export class SystemClock extends Clock {
  nowMs(): number {
    return Date.now();
  }
}
