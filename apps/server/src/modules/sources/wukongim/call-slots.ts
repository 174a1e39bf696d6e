/** Bounds the calls that are served at once; further ones wait, their messages unread, and too many are turned away. */
export class CallSlots {
  private free: number;
  private readonly waiting = new Set<() => void>();

  constructor(
    atOnce: number,
    private readonly maxWaiting: number,
  ) {
    this.free = atOnce;
  }

  /**
   * @param begin is called once there is room, unless the call ended before
   * @returns ends the call's place or its wait, as often as wanted; null: too many wait already
   */
  enter(begin: () => void): (() => void) | null {
    if (this.free === 0 && this.waiting.size >= this.maxWaiting) return null;
    let state: 'waiting' | 'served' | 'ended' = 'waiting';
    const serve = (): void => {
      state = 'served';
      begin();
    };
    if (this.free > 0) {
      this.free -= 1;
      serve();
    } else {
      this.waiting.add(serve);
    }
    return () => {
      if (state === 'served') this.release();
      this.waiting.delete(serve);
      state = 'ended';
    };
  }

  private release(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      this.free += 1;
      return;
    }
    this.waiting.delete(next);
    next();
  }
}
