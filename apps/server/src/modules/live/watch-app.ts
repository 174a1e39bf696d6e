/** One look at an app for all who watch it; the next begins a while after the one before has ended. */
import type { Alert } from '@im/contracts/api/alerts';
import type { LiveCounters } from '@im/contracts/api/live';

const LOOK_MS = 2_000;

export interface Look {
  alerts: Alert[];
  counters: LiveCounters;
}

export type Watcher = (look: Look) => void;

export class AppWatch {
  private readonly watchers = new Set<Watcher>();
  private latest: Look | undefined;
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param look at what changes seldom: alerts and counters, in the rows */
  constructor(private readonly look: () => Promise<Look>) {}

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /** Tells the watcher what was seen last, at most a moment ago, and then of each look. */
  async join(watcher: Watcher): Promise<void> {
    this.watchers.add(watcher);
    if (this.latest) watcher(this.latest);
    else await (this.looking ??= this.lookNow());
  }

  leave(watcher: Watcher): void {
    this.watchers.delete(watcher);
    if (!this.isWatched) clearTimeout(this.timer);
  }

  private async lookNow(): Promise<void> {
    // Somebody joined after a look that failed: this one takes the place of the next.
    clearTimeout(this.timer);
    try {
      this.latest = await this.look();
      for (const watcher of this.watchers) watcher(this.latest);
    } catch {
      // PostgreSQL is away; the next look comes soon.
    }
    this.looking = undefined;
    if (!this.isWatched) return;
    this.timer = setTimeout(() => {
      this.looking = this.lookNow();
    }, LOOK_MS);
  }
}
