/** Measures how many calls come within a time, from those of the last one or two such times. */
export class Pace {
  private beganAt = -Infinity;
  private current = 0;
  private previous = 0;

  constructor(private readonly windowMs: number) {}

  /** Counts a call. @param nowMs monotonic milliseconds */
  count(nowMs: number): void {
    this.moveTo(nowMs);
    this.current += 1;
  }

  /** Calls that a window had lately. */
  perWindow(nowMs: number): number {
    this.moveTo(nowMs);
    return Math.max(this.previous, this.current);
  }

  private moveTo(nowMs: number): void {
    const elapsed = nowMs - this.beganAt;
    if (elapsed < this.windowMs) return;
    this.previous = elapsed < 2 * this.windowMs ? this.current : 0;
    this.current = 0;
    this.beganAt = nowMs;
  }
}
