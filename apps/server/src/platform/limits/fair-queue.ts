/** Serves owners round robin, so that a long queue of one does not delay the others. */
export class FairQueue<T> {
  /** By owner, in the order in which the owners are served. */
  private readonly queues = new Map<string, T[]>();

  get isEmpty(): boolean {
    return this.queues.size === 0;
  }

  lengthOf(owner: string): number {
    return this.queues.get(owner)?.length ?? 0;
  }

  push(owner: string, entry: T): void {
    const queue = this.queues.get(owner);
    if (queue) queue.push(entry);
    else this.queues.set(owner, [entry]);
  }

  /** @returns the next entry; undefined when there is none */
  shift(): T | undefined {
    for (const [owner, queue] of this.queues) {
      const entry = queue.shift();
      this.queues.delete(owner);
      if (queue.length > 0) this.queues.set(owner, queue);
      return entry;
    }
    return undefined;
  }
}
