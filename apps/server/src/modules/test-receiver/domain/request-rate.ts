/** Bounds the requests of each key in every second. Keys of former seconds are forgotten. */
export class RequestRate {
  private second = 0;
  private counts = new Map<string, number>();

  constructor(private readonly perSecond: number) {}

  allows(key: string, nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000);
    if (second !== this.second) {
      this.second = second;
      this.counts = new Map();
    }
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= this.perSecond;
  }
}
