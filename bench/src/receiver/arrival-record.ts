/** Records what came to one channel of a receiver, by sequence: cheap to write, evaluated on request. */
import type { ChannelPlan, ChannelReport } from './receiver-commands.js';

const FIRST_CAPACITY = 1 << 16;

export interface Arrival {
  sequence: number;
  callbackId: string;
  /** Counted from 1. */
  attempt: number;
  atMs: number;
}

export class ArrivalRecord {
  private arrivedAtMs = new Float64Array(FIRST_CAPACITY);
  private givenUp = new Set<number>();
  private readonly callbackIds: string[] = [];
  private highestSequence = -1;
  private duplicates = 0;
  private duplicatesWithOtherId = 0;
  private inversions = 0;

  constructor(private readonly order: ChannelPlan['order']) {}

  /** A request came; it is not answered yet. */
  noteRequest({ sequence }: Arrival): void {
    if (!this.order) return;
    const previous = sequence - this.order.conversations;
    if (previous >= 0 && !this.hasArrived(previous) && !this.givenUp.has(previous)) this.inversions += 1;
  }

  /** It was answered 2xx. @returns whether this is the event's first time */
  noteSuccess({ sequence, callbackId, atMs }: Arrival): boolean {
    if (this.hasArrived(sequence)) {
      this.duplicates += 1;
      if (this.callbackIds[sequence] !== callbackId) this.duplicatesWithOtherId += 1;
      return false;
    }
    this.makeRoomFor(sequence);
    this.arrivedAtMs[sequence] = atMs;
    this.callbackIds[sequence] = callbackId;
    this.highestSequence = Math.max(this.highestSequence, sequence);
    return true;
  }

  noteFailure({ sequence, attempt }: Arrival): void {
    if (this.order && attempt >= this.order.maxAttempts) this.givenUp.add(sequence);
  }

  report(): ChannelReport {
    const { duplicates, duplicatesWithOtherId, inversions } = this;
    const arrivedAtMs = this.arrivedAtMs.slice(0, this.highestSequence + 1);
    return { arrivedAtMs, duplicates, duplicatesWithOtherId, inversions };
  }

  private hasArrived(sequence: number): boolean {
    return (this.arrivedAtMs[sequence] ?? 0) > 0;
  }

  private makeRoomFor(sequence: number): void {
    let capacity = this.arrivedAtMs.length;
    if (sequence < capacity) return;
    while (sequence >= capacity) capacity *= 2;
    const grown = new Float64Array(capacity);
    grown.set(this.arrivedAtMs);
    this.arrivedAtMs = grown;
  }
}
