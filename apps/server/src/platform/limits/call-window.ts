/** Counts calls by key in windows of a minute, and refuses those above the limit. */

const WINDOW_MS = 60_000;
/** More keys than this at once start over: what is limited must not fill the memory. */
const MAX_KEYS = 10_000;

export class CallWindow {
  private counts = new Map<string, number>();
  private endsAtMs = 0;

  constructor(private readonly maxPerMinute: number) {}

  /** @returns the seconds to wait; 0: the call is within the limit, and counted */
  secondsToWait(key: string, nowMs: number): number {
    if (nowMs >= this.endsAtMs || this.counts.size >= MAX_KEYS) {
      this.counts = new Map();
      this.endsAtMs = nowMs + WINDOW_MS;
    }
    const count = (this.counts.get(key) ?? 0) + 1;
    if (count > this.maxPerMinute) return Math.max(1, Math.ceil((this.endsAtMs - nowMs) / 1_000));
    this.counts.set(key, count);
    return 0;
  }
}
