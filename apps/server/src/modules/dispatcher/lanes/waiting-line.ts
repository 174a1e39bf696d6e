/** Deliveries that wait for their turn: first in, first out, except for what goes before all others. */
import type { HeldDelivery } from './held-delivery.js';
import type { PayloadMemory } from './payload-memory.js';

const MOST_CHARACTERS_TOGETHER = 2_000_000;
const COMPACT_FROM = 16;

export class WaitingLine {
  private queue: HeldDelivery[] = [];
  private head = 0;

  /** @param memory shared by all lines of the process */
  constructor(private readonly memory: PayloadMemory) {}

  get length(): number {
    return this.queue.length - this.head;
  }

  get oldest(): HeldDelivery | undefined {
    return this.queue[this.head];
  }

  add(delivery: HeldDelivery): void {
    this.queue.push(delivery);
    this.memory.used += delivery.payload.length;
  }

  /** Before all others, in the order given. */
  addFirst(deliveries: readonly HeldDelivery[]): void {
    this.compact();
    this.queue.unshift(...deliveries);
    for (const { payload } of deliveries) this.memory.used += payload.length;
  }

  /** How many of the oldest may go out in one request, at most so many; what was refused before goes alone. */
  together(most: number): number {
    if (this.oldest?.wasRefused) return 1;
    let count = 0;
    while (count < most && this.queue[this.head + count]?.wasRefused === false) count += 1;
    return count;
  }

  /** The oldest ones: so many at most, and no more characters of payloads than go into one request, yet at least one. */
  take(count: number): HeldDelivery[] {
    let characters = 0;
    let end = this.head;
    while (end < this.queue.length && end - this.head < count) {
      characters += this.queue[end]?.payload.length ?? 0;
      if (characters > MOST_CHARACTERS_TOGETHER && end > this.head) break;
      end += 1;
    }
    return this.takeUntil(end);
  }

  takeAll(): HeldDelivery[] {
    return this.takeUntil(this.queue.length);
  }

  private takeUntil(end: number): HeldDelivery[] {
    const taken = this.queue.slice(this.head, end);
    this.head += taken.length;
    for (const { payload } of taken) this.memory.used -= payload.length;
    // What was sent must not be kept by the queue it stood in.
    if (this.head > COMPACT_FROM && this.head * 2 >= this.queue.length) this.compact();
    return taken;
  }

  private compact(): void {
    this.queue = this.queue.slice(this.head);
    this.head = 0;
  }
}
