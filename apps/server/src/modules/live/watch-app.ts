/** Reads an app periodically for all who watch it; each read starts some time after the one before has ended. */
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

  /** @param look reads what changes seldom: alerts and counters */
  constructor(private readonly look: () => Promise<Look>) {}

  get isWatched(): boolean {
    return this.watchers.size > 0;
  }

  /** Passes the watcher the last result, if it is recent, and then each new one. */
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
    // A watcher joined after a failed read: this read replaces the next.
    clearTimeout(this.timer);
    try {
      this.latest = await this.look();
      for (const watcher of this.watchers) watcher(this.latest);
    } catch {
      // PostgreSQL is away; the next read comes soon.
    }
    this.looking = undefined;
    if (!this.isWatched) return;
    this.timer = setTimeout(() => {
      this.looking = this.lookNow();
    }, LOOK_MS);
  }
}
