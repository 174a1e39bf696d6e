/** Queues deliveries of one webhook: first in, first out, except for those added in front. */
import type { LeasedDelivery } from './leased-delivery.js';
import type { PayloadMemory } from './payload-memory.js';

const MAX_CHARACTERS_TOGETHER = 2_000_000;
const COMPACT_FROM = 16;

export class LaneQueue {
  private queue: LeasedDelivery[] = [];
  private head = 0;

  /** @param memory shared by all queues of the process */
  constructor(private readonly memory: PayloadMemory) {}

  get length(): number {
    return this.queue.length - this.head;
  }

  get oldest(): LeasedDelivery | undefined {
    return this.queue[this.head];
  }

  add(delivery: LeasedDelivery): void {
    this.queue.push(delivery);
    this.memory.used += delivery.payload.length;
  }

  /** In front of all others, in the order given. */
  addFirst(deliveries: readonly LeasedDelivery[]): void {
    this.compact();
    this.queue.unshift(...deliveries);
    for (const { payload } of deliveries) this.memory.used += payload.length;
  }

  some(isSuch: (delivery: LeasedDelivery) => boolean): boolean {
    return this.queue.some((delivery, index) => index >= this.head && isSuch(delivery));
  }

  /** How many of the oldest one request may carry; what was refused before is sent alone. */
  together(most: number): number {
    if (this.oldest?.wasRefused) return 1;
    let count = 0;
    while (count < most && this.queue[this.head + count]?.wasRefused === false) count += 1;
    return count;
  }

  /** Takes the oldest: no more than `count`, and no more characters of payloads than fit into one request, but at least one. */
  take(count: number): LeasedDelivery[] {
    let characters = 0;
    let end = this.head;
    while (end < this.queue.length && end - this.head < count) {
      characters += this.queue[end]?.payload.length ?? 0;
      if (characters > MAX_CHARACTERS_TOGETHER && end > this.head) break;
      end += 1;
    }
    return this.takeUntil(end);
  }

  takeAll(): LeasedDelivery[] {
    return this.takeUntil(this.queue.length);
  }

  private takeUntil(end: number): LeasedDelivery[] {
    const taken = this.queue.slice(this.head, end);
    this.head += taken.length;
    for (const { payload } of taken) this.memory.used -= payload.length;
    // What was sent must not be kept in memory by the queue.
    if (this.head > COMPACT_FROM && this.head * 2 >= this.queue.length) this.compact();
    return taken;
  }

  private compact(): void {
    this.queue = this.queue.slice(this.head);
    this.head = 0;
  }
}
