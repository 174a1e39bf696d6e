/** Collects items until there are enough, or the first has waited long enough. */

export interface BatchOptions {
  maxItems: number;
  maxWaitMs: number;
}

export class Batch<T> {
  private items: T[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly options: BatchOptions,
    private readonly onFull: (items: T[]) => void,
  ) {}

  get isEmpty(): boolean {
    return this.items.length === 0;
  }

  add(item: T): void {
    this.items.push(item);
    if (this.items.length >= this.options.maxItems) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), this.options.maxWaitMs);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.items = [];
  }

  private flush(): void {
    const { items } = this;
    this.clear();
    this.onFull(items);
  }
}
