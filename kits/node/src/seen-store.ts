/** Remembers what was handled, so that nothing is handled twice. */

/** `new`: it has not been handled yet; `busy`: another request is handling it; `done`: it was handled. */
export type Seen = 'new' | 'busy' | 'done';

/** Implement it on a database or Redis where several processes receive, or a restart must not forget. */
export interface SeenStore {
  /**
   * Takes an id, atomically. An id that stays `busy` because its process died should become free again after some
   * minutes.
   */
  begin: (id: string, keepMs: number) => Promise<Seen> | Seen;
  /** It was handled. */
  finish: (id: string) => Promise<void> | void;
  /** It was not handled: the next one to come is new. */
  abandon: (id: string) => Promise<void> | void;
}

interface Entry {
  isDone: boolean;
  untilMs: number;
}

/** In memory, for one process; beyond `maxIds` the oldest are forgotten. */
export class MemorySeenStore implements SeenStore {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly maxIds = 100_000,
    private readonly now: () => number = Date.now,
  ) {}

  begin(id: string, keepMs: number): Seen {
    const entry = this.entries.get(id);
    if (entry && entry.untilMs > this.now()) return entry.isDone ? 'done' : 'busy';
    this.entries.delete(id);
    this.entries.set(id, { isDone: false, untilMs: this.now() + keepMs });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.maxIds) break;
      this.entries.delete(oldest);
    }
    return 'new';
  }

  finish(id: string): void {
    const entry = this.entries.get(id);
    if (entry) entry.isDone = true;
  }

  abandon(id: string): void {
    this.entries.delete(id);
  }
}
