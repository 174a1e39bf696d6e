/**
 * Bounds how many look-ups are under way, in all and for each owner. One that is not answered soon moves to the owner's
 * slow ones, so that names that hang do not keep the owner's other names waiting. When the owner has as many slow ones as
 * it may have, it is given up instead: those before it go on to their deadline, after which they are known to hang.
 */

export interface LookUpLimits {
  /** In this process. */
  maxUnderWay: number;
  /** Of one owner. */
  maxQuick: number;
  maxSlow: number;
  maxWaiting: number;
  /** A look-up that takes longer is a slow one. */
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
  /** Aborted when it takes long while its owner has as many slow ones as it may have. */
  readonly signal: AbortSignal;
  release(): void;
}

interface Waiting {
  grant: (permit: Permit) => void;
  timer: NodeJS.Timeout;
}

/** What one owner has under way and waiting. */
interface Share {
  quick: number;
  slow: number;
  waiting: Set<Waiting>;
}

export class LookUpLimiter {
  /** Owners that have something under way or waiting; the one served last stands last. */
  private readonly shares = new Map<string, Share>();
  private underWay = 0;

  constructor(private readonly limits: LookUpLimits = LOOK_UP_LIMITS) {}

  /** @returns a permit, now or later; null when there is none in time */
  async acquire(owner: string): Promise<Permit | null> {
    const share = this.shareOf(owner);
    if (share.waiting.size === 0 && this.mayBegin(share)) return this.begin(owner, share);
    if (share.waiting.size >= this.limits.maxWaiting) return null;
    return new Promise((resolve) => {
      const waiting: Waiting = {
        grant: resolve,
        timer: setTimeout(() => {
          share.waiting.delete(waiting);
          this.forgetIdle(owner, share);
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
        this.forgetIdle(owner, share);
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

  private forgetIdle(owner: string, share: Share): void {
    const isIdle = share.quick === 0 && share.slow === 0 && share.waiting.size === 0;
    // One that is given up may outlive its owner's share.
    if (isIdle && this.shares.get(owner) === share) this.shares.delete(owner);
  }
}
