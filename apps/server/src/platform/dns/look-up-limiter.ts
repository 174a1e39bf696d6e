/**
 * Bounds how many look-ups are under way, in all and for each owner. One that is not answered soon becomes a slow one,
 * so that hanging names do not delay the owner's other names. At the owner's limit of slow ones it is given up instead;
 * earlier ones go on to their deadline, after which they are known to hang.
 */

export interface LookUpLimits {
  /** In this process. */
  maxUnderWay: number;
  /** Of one owner. */
  maxQuick: number;
  maxSlow: number;
  maxWaiting: number;
  /** A look-up that takes longer is slow. */
  slowAfterMs: number;
  /** One that waits longer for its permit is given up. */
  maxWaitMs: number;
}

export const LOOK_UP_LIMITS: LookUpLimits = {
  maxUnderWay: 512,
  maxQuick: 32,
  maxSlow: 64,
  maxWaiting: 1_000,
  slowAfterMs: 500,
  maxWaitMs: 5_000,
};

export interface Permit {
  /** Aborted when it is slow and its owner is at the limit of slow ones. */
  readonly signal: AbortSignal;
  release(): void;
}

interface Waiting {
  grant: (permit: Permit) => void;
  timer: NodeJS.Timeout;
}

/** The look-ups of one owner, under way and waiting. */
interface Share {
  quick: number;
  slow: number;
  waiting: Set<Waiting>;
}

export class LookUpLimiter {
  /** Owners with look-ups; the one served last is last. */
  private readonly shares = new Map<string, Share>();
  private underWay = 0;

  constructor(private readonly limits: LookUpLimits = LOOK_UP_LIMITS) {}

  /** @returns a permit, possibly later; null when there is none in time */
  async acquire(owner: string): Promise<Permit | null> {
    const share = this.shareOf(owner);
    if (share.waiting.size === 0 && this.mayBegin(share)) return this.begin(owner, share);
    if (share.waiting.size >= this.limits.maxWaiting) return null;
    return new Promise((resolve) => {
      const waiting: Waiting = {
        grant: resolve,
        timer: setTimeout(() => {
          share.waiting.delete(waiting);
          this.removeIdle(owner, share);
          resolve(null);
        }, this.limits.maxWaitMs),
      };
      share.waiting.add(waiting);
    });
  }

  private shareOf(owner: string): Share {
    let share = this.shares.get(owner);
    if (!share) {
      share = { quick: 0, slow: 0, waiting: new Set() };
      this.shares.set(owner, share);
    }
    return share;
  }

  private mayBegin(share: Share): boolean {
    return this.underWay < this.limits.maxUnderWay && share.quick < this.limits.maxQuick;
  }

  private begin(owner: string, share: Share): Permit {
    const controller = new AbortController();
    let kind: 'quick' | 'slow' | 'given up' | 'over' = 'quick';
    this.underWay += 1;
    share.quick += 1;
    const leave = () => {
      clearTimeout(timer);
      if (kind === 'quick') share.quick -= 1;
      if (kind === 'slow') share.slow -= 1;
    };
    const timer = setTimeout(() => {
      leave();
      kind = share.slow < this.limits.maxSlow ? 'slow' : 'given up';
      if (kind === 'slow') share.slow += 1;
      else controller.abort();
      this.serve();
    }, this.limits.slowAfterMs);
    return {
      signal: controller.signal,
      release: () => {
        if (kind === 'over') return;
        leave();
        kind = 'over';
        this.underWay -= 1;
        this.removeIdle(owner, share);
        this.serve();
      },
    };
  }

  /** Owners are served round robin. */
  private serve(): void {
    for (const [owner, share] of [...this.shares]) {
      const [first] = share.waiting;
      if (!first || !this.mayBegin(share)) continue;
      share.waiting.delete(first);
      clearTimeout(first.timer);
      this.shares.delete(owner);
      this.shares.set(owner, share);
      first.grant(this.begin(owner, share));
    }
  }

  private removeIdle(owner: string, share: Share): void {
    const isIdle = share.quick === 0 && share.slow === 0 && share.waiting.size === 0;
    // A look-up that was given up may outlive its owner's share.
    if (isIdle && this.shares.get(owner) === share) this.shares.delete(owner);
  }
}
