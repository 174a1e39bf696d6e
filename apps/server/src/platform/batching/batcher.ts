/**
 * Shares one expensive step (a commit, a query) among concurrent callers.
 *
 * While one batch runs, callers are collected for the next; an idle batcher starts at once, so a single caller does not
 * wait. Order within a batch is the order of calls.
 */
import { Pace } from './pace.js';

export interface BatcherOptions<In, Out> {
  /** The most that one run takes, in items or in the unit of `sizeOf`. */
  maxItems: number;
  /** How much an item weighs; absent: 1. An item heavier than `maxItems` runs alone, never divided. */
  sizeOf?: (item: In) => number;
  /** Runs that may be under way at once. */
  concurrency: number;
  /** How long the first of a batch that is not full waits for more, milliseconds, while that pays; absent: not at all. */
  lingerMs?: number;
  /**
   * Callers come whether or not others have their results, so their pace tells how many a wait gathers. Absent: it pays
   * after a batch of several items, since a caller that comes again after each result would only wait.
   */
  areIndependent?: boolean;
  /** Must answer one result for each item, in order. A rejection rejects every caller of the batch. */
  run: (items: In[]) => Promise<readonly Out[]>;
}

/** Waiting pays for batches of at least this many items. */
const WORTH_LINGERING = 3;

interface Waiting<In, Out> {
  item: In;
  resolve: (result: Out) => void;
  reject: (error: unknown) => void;
}

export class Batcher<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = 0;
  private lingering: NodeJS.Timeout | undefined;
  private planned: NodeJS.Immediate | undefined;
  private lastLength = 0;
  private readonly pace: Pace | undefined;

  constructor(private readonly options: BatcherOptions<In, Out>) {
    const { areIndependent, lingerMs } = options;
    if (areIndependent && lingerMs !== undefined) this.pace = new Pace(lingerMs);
  }

  /** Items not yet handed to a run. */
  get waitingCount(): number {
    return this.waiting.length;
  }

  /** @param isUrgent the batch does not linger */
  add(item: In, isUrgent = false): Promise<Out> {
    if (!isUrgent) this.pace?.count(performance.now());
    return new Promise<Out>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (isUrgent || this.waiting.length === 1) this.startSoon(isUrgent);
      else if (this.lingering && this.waiting.length >= this.options.maxItems) this.start();
    });
  }

  /** Starts at the end of the tick at the earliest, so that callers of the same tick share a run. */
  private startSoon(isUrgent: boolean): void {
    const { lingerMs } = this.options;
    if (!isUrgent && lingerMs !== undefined && this.isWorthLingering()) {
      this.lingering ??= setTimeout(() => {
        this.start();
      }, lingerMs);
    } else {
      this.planned ??= setImmediate(() => {
        this.start();
      });
    }
  }

  private isWorthLingering(): boolean {
    const expected = this.pace?.perWindow(performance.now()) ?? this.lastLength;
    return expected >= WORTH_LINGERING;
  }

  private start(): void {
    clearTimeout(this.lingering);
    this.lingering = undefined;
    // Those who planned it start now; later callers may linger.
    clearImmediate(this.planned);
    this.planned = undefined;
    while (this.waiting.length > 0 && this.running < this.options.concurrency) {
      const batch = this.waiting.splice(0, this.nextBatchLength());
      this.lastLength = batch.length;
      this.running += 1;
      void this.runBatch(batch).finally(() => {
        this.running -= 1;
        // Items that waited for a busy run have lingered enough.
        if (!this.lingering) this.start();
      });
    }
  }

  /** As many as fit, yet at least one. */
  private nextBatchLength(): number {
    const { sizeOf, maxItems } = this.options;
    if (!sizeOf) return maxItems;
    let size = 0;
    const firstLeftOut = this.waiting.findIndex(({ item }) => (size += sizeOf(item)) > maxItems);
    return firstLeftOut === -1 ? this.waiting.length : Math.max(1, firstLeftOut);
  }

  private async runBatch(batch: Waiting<In, Out>[]): Promise<void> {
    try {
      const results = await this.options.run(batch.map((entry) => entry.item));
      if (results.length !== batch.length)
        throw new Error(`A batch of ${String(batch.length)} got ${String(results.length)} results`);
      batch.forEach((entry, index) => {
        entry.resolve(results[index] as Out);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    }
  }
}
