/** Refreshes after changes, however many there are: not before the last refresh is done and some time has passed. */

/** A slow answer is asked for less often: at most a fifth of the time is spent waiting for it. */
const PAUSE_PER_DURATION = 4;

export class PacedRefresh {
  private isBusy = false;
  private isDue = false;
  private isOver = false;
  /** Of the newest run; an older one was replaced. */
  private run = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param refresh resolves when the answer is there, good or bad
   * @param minPauseMs between an answer and the next refresh, however fast the answer was
   */
  constructor(
    private readonly refresh: () => Promise<void>,
    private readonly minPauseMs: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  /** Something changed. */
  request(): void {
    if (this.isOver) return;
    if (this.isBusy) this.isDue = true;
    else void this.start();
  }

  /** Something else is wanted from now on: a refresh that is on its way does not count any more. */
  async restart(): Promise<void> {
    clearTimeout(this.timer);
    if (!this.isOver) await this.start();
  }

  stop(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private async start(): Promise<void> {
    const own = ++this.run;
    this.isBusy = true;
    this.isDue = false;
    const startedMs = this.nowMs();
    await this.refresh();
    if (this.isOver || own !== this.run) return;
    const pauseMs = Math.max(this.minPauseMs, (this.nowMs() - startedMs) * PAUSE_PER_DURATION);
    this.timer = setTimeout(() => {
      this.isBusy = false;
      if (this.isDue) void this.start();
    }, pauseMs);
  }
}
