/**
 * Bounds how many look-ups are under way, in all and for each owner. One that is not answered soon moves to the owner's
 * slow ones, so that names that hang do not keep the owner's other names waiting; beyond a number of slow ones the oldest
 * is given up.
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
  /** Aborted when it takes too much from the owner's other look-ups. */
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
  /** The oldest first. */
  slow: Set<AbortController>;
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
      share = { quick: 0, slow: new Set(), waiting: new Set() };
      this.shares.set(owner, share);
    }
    return share;
  }

  private mayBegin(share: Share): boolean {
    return this.underWay < this.limits.maxUnderWay && share.quick < this.limits.maxQuick;
  }

  private begin(owner: string, share: Share): Permit {
    const controller = new AbortController();
    let kind: 'quick' | 'slow' | 'over' = 'quick';
    this.underWay += 1;
    share.quick += 1;
    const leaveQuick = () => {
      clearTimeout(timer);
      if (kind === 'quick') share.quick -= 1;
      share.slow.delete(controller);
    };
    const timer = setTimeout(() => {
      leaveQuick();
      kind = 'slow';
      share.slow.add(controller);
      if (share.slow.size > this.limits.maxSlow) giveUpOldest(share.slow);
      this.serve();
    }, this.limits.slowAfterMs);
    return {
      signal: controller.signal,
      release: () => {
        if (kind === 'over') return;
        leaveQuick();
        kind = 'over';
        this.underWay -= 1;
        this.forgetIdle(owner, share);
        this.serve();
      },
    };
  }

  /** Owners take turns. */
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
    if (share.quick === 0 && share.slow.size === 0 && share.waiting.size === 0) this.shares.delete(owner);
  }
}

function giveUpOldest(slow: Set<AbortController>): void {
  const [oldest] = slow;
  if (!oldest) return;
  slow.delete(oldest);
  oldest.abort();
}
