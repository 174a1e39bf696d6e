/**
 * The places for deliveries under way in this process: some for quick webhooks, as many for slow ones. A delivery that
 * takes long moves over, so webhooks that hang never take the places of those that answer.
 */
export class Slots {
  private quick = 0;
  private slow = 0;

  /** @param limit of each kind */
  constructor(private readonly limit: number) {}

  get inFlight(): number {
    return this.quick + this.slow;
  }

  /** Whether another one may begin; of slow webhooks one alone gets half of what is free at most. */
  hasRoom(isSlow: boolean, ownInFlight: number): boolean {
    if (!isSlow) return this.quick < this.limit;
    return this.slow < this.limit && ownInFlight <= (this.limit - this.slow) / 2;
  }

  take(isSlow: boolean): Slot {
    if (isSlow) this.slow += 1;
    else this.quick += 1;
    let kind: 'quick' | 'slow' | null = isSlow ? 'slow' : 'quick';
    return {
      moveToSlow: () => {
        if (kind !== 'quick') return;
        this.quick -= 1;
        this.slow += 1;
        kind = 'slow';
      },
      release: () => {
        if (kind === 'quick') this.quick -= 1;
        else if (kind === 'slow') this.slow -= 1;
        kind = null;
      },
    };
  }
}

export interface Slot {
  moveToSlow(): void;
  release(): void;
}
