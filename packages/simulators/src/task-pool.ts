/** Runs tasks on a few workers behind a bounded queue, as Go servers do. */

type Task = () => Promise<void>;

export interface TaskPoolOptions {
  workers: number;
  /** Tasks that wait for a worker. */
  capacity: number;
  /** How long a caller waits for room; after that the task is lost. */
  patienceMs: number;
}

interface Waiting {
  task: Task;
  decide: (isTaken: boolean) => void;
}

export class TaskPool {
  private readonly queue: Task[] = [];
  private readonly waiting = new Set<Waiting>();
  private active = 0;

  constructor(private readonly options: TaskPoolOptions) {}

  get isIdle(): boolean {
    return this.active === 0 && this.queue.length === 0 && this.waiting.size === 0;
  }

  /**
   * @param task never rejects
   * @returns whether it was taken
   */
  push(task: Task): Promise<boolean> {
    if (this.hasRoom) {
      this.take(task);
      return Promise.resolve(true);
    }
    if (this.options.patienceMs === 0) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.decide(false), this.options.patienceMs);
      const waiter: Waiting = {
        task,
        decide: (isTaken) => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(isTaken);
        },
      };
      this.waiting.add(waiter);
    });
  }

  /** What is under way goes on; everything else is lost. */
  clear(): void {
    this.queue.length = 0;
    for (const waiter of this.waiting) waiter.decide(false);
  }

  private get hasRoom(): boolean {
    return this.active < this.options.workers || this.queue.length < this.options.capacity;
  }

  private take(task: Task): void {
    if (this.active < this.options.workers) void this.work(task);
    else this.queue.push(task);
  }

  private async work(first: Task): Promise<void> {
    this.active += 1;
    for (let task: Task | undefined = first; task;) {
      await task();
      task = this.queue.shift();
      this.admit();
    }
    this.active -= 1;
  }

  /** The one that has waited longest gets the room. */
  private admit(): void {
    for (const waiter of this.waiting) {
      if (this.queue.length >= this.options.capacity) return;
      this.queue.push(waiter.task);
      waiter.decide(true);
    }
  }
}
