/**
 * Shares the event loop: long work is done in slices, one every few iterations of the loop, and owners are served round
 * robin. Everything else, such as a health check, waits for at most one slice.
 */
import { DomainError } from '../errors/domain-error.js';
import { FairQueue } from './fair-queue.js';

/** Bodies from this size on are read in slices. */
export const MIN_SLICED_BYTES = 32_768;

/** Work yields after the step that exceeds it. */
const MAX_SLICE_MS = 5;
/** The iterations of a small request from its first byte to its answer; iterations without a slice are cheap. */
const ITERATIONS_BETWEEN = 4;
/** Pieces of work of one owner that may wait. */
const MAX_WAITING = 200;

export interface Slice {
  /** Yields when the slice is used up. @throws as {@link LoopSlices.next} */
  pause: () => Promise<void>;
}

/** Work that may be interrupted at each `yield`. */
export type SlicedWork<T> = Generator<undefined, T, undefined>;

export class LoopSlices {
  private readonly waiting = new FairQueue<() => void>();
  private isScheduled = false;

  /**
   * Waits for an iteration of the loop without another slice.
   *
   * @param owner whose work it is, such as the owner of a body
   * @throws DomainError `too_many_requests` while too much work of the owner waits
   */
  next(owner: string): Promise<void> {
    if (this.waiting.lengthOf(owner) >= MAX_WAITING) {
      const message = 'More large requests come in than can be looked at';
      return Promise.reject(new DomainError('too_many_requests', message, { retryAfterSeconds: 1 }));
    }
    return new Promise((resolve) => {
      this.waiting.push(owner, resolve);
      this.schedule();
    });
  }

  /** Starts work that pauses by itself, in an iteration without another slice. @throws as {@link next} */
  async begin(owner: string): Promise<Slice> {
    await this.next(owner);
    return this.goOn(owner);
  }

  /** The same in the current iteration, for work that is mostly quick. */
  goOn(owner: string): Slice {
    let endsAt = performance.now() + MAX_SLICE_MS;
    return {
      pause: async () => {
        if (performance.now() < endsAt) return;
        await this.next(owner);
        endsAt = performance.now() + MAX_SLICE_MS;
      },
    };
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    afterIterations(ITERATIONS_BETWEEN, () => {
      this.isScheduled = false;
      const begin = this.waiting.shift();
      if (!this.waiting.isEmpty) this.schedule();
      begin?.();
    });
  }
}

function afterIterations(iterations: number, then: () => void): void {
  setImmediate(() => {
    if (iterations <= 1) then();
    else afterIterations(iterations - 1, then);
  });
}

/** @throws what the work throws, and as {@link LoopSlices.next} */
export async function workInSlices<T>(work: SlicedWork<T>, slice: Slice): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await slice.pause();
  }
}
