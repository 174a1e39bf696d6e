/**
 * Shares the event loop: work that takes long is done in slices, one slice in a few turns of the loop for all of them, and
 * owners are served round robin. What comes in between, a health check for one, waits for one slice at most.
 */
import { DomainError } from '../errors/domain-error.js';
import { FairQueue } from './fair-queue.js';

/** Bytes of a body that is read in turns of the event loop of its own. */
export const MIN_SLICED_BYTES = 32_768;

/** The loop is given back after the step that exceeds it. */
const MAX_SLICE_MS = 5;
/** A small request takes so many turns from its first byte to its answer; turns without a slice cost next to nothing. */
const TURNS_BETWEEN = 4;
/** Pieces of work of one owner that may wait. */
const MAX_WAITING = 200;

export interface Slice {
  /** Gives the loop back when it was taken for long enough. @throws as {@link LoopSlices.next} */
  pause: () => Promise<void>;
}

/** Work that may be interrupted wherever it yields. */
export type SlicedWork<T> = Generator<undefined, T, undefined>;

export class LoopSlices {
  private readonly waiting = new FairQueue<() => void>();
  private isScheduled = false;

  /**
   * Waits for a turn of the loop that no other slice shares.
   *
   * @param owner whose work it is, such as the owner of a body
   * @throws DomainError `too_many_requests` while too much of the owner's work waits
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

  /** Begins work that pauses by itself, in a turn of its own. @throws as {@link next} */
  async begin(owner: string): Promise<Slice> {
    await this.next(owner);
    return this.goOn(owner);
  }

  /** The same in the present turn, for what most often takes no time. */
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
    afterTurns(TURNS_BETWEEN, () => {
      this.isScheduled = false;
      const begin = this.waiting.shift();
      if (!this.waiting.isEmpty) this.schedule();
      begin?.();
    });
  }
}

function afterTurns(turns: number, then: () => void): void {
  setImmediate(() => {
    if (turns <= 1) then();
    else afterTurns(turns - 1, then);
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
