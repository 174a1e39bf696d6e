/** Refreshes after changes, however many there are: not before the last refresh is done and some time has passed. */

const MIN_PAUSE_MS = 500;
/** A slow answer is asked for less often: at most a fifth of the time is spent waiting for it. */
const PAUSE_PER_DURATION = 4;

export class PacedRefresh {
  private isBusy = false;
  private isDue = false;
  private isOver = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param refresh resolves when the answer is there, good or bad */
  constructor(
    private readonly refresh: () => Promise<void>,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Something changed. */
  request(): void {
    if (this.isOver) return;
    if (this.isBusy) this.isDue = true;
    else void this.run();
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    this.isDue = false;
    const startedMs = this.nowMs();
    await this.refresh();
    if (this.isOver) return;
    const pauseMs = Math.max(MIN_PAUSE_MS, (this.nowMs() - startedMs) * PAUSE_PER_DURATION);
    this.timer = setTimeout(() => {
      this.isBusy = false;
      if (this.isDue) void this.run();
    }, pauseMs);
  }
}
