/**
 * The places for deliveries under way in this process: some for quick webhooks, as many for slow ones. A delivery that
 * takes long moves over, so webhooks that hang never take the places of those that answer. A webhook that has not
 * answered yet is on trial: trials have a share of the quick places, so that very many new ones that hang leave room.
 */

/** What counts of the webhook that wants a place. */
export interface SlotUser {
  tenantId: string;
  /** It answers slowly, or hangs. */
  isSlow: boolean;
  /** It has answered before. */
  hasAnswered: boolean;
  /** Its deliveries under way. */
  inFlight: number;
}

export interface Slot {
  moveToSlow(): void;
  release(): void;
}

/** Quick places, and those among them on trial. */
interface Shares {
  quick: number;
  trial: number;
  slow: number;
  /** Slow ones of webhooks that have never answered. */
  silent: number;
}

/** Shares of the limit. */
const TRIAL_SHARE = 1 / 2;
const TRIAL_SHARE_OF_TENANT = 3 / 8;
const SILENT_SHARE = 1 / 2;
/** So much of the quick places one tenant leaves to the others. */
const SHARE_LEFT_BY_TENANT = 1 / 8;

export class Slots {
  private readonly all: Shares = { quick: 0, trial: 0, slow: 0, silent: 0 };
  private readonly tenants = new Map<string, Shares>();

  /** @param limit of each kind */
  constructor(private readonly limit: number) {}

  get inFlight(): number {
    return this.all.quick + this.all.slow;
  }

  /** Whether another one may begin; of slow webhooks one alone gets half of what is free at most. */
  hasRoom({ tenantId, isSlow, hasAnswered, inFlight }: SlotUser): boolean {
    const { limit, all } = this;
    const isSilentFull = !hasAnswered && all.silent >= this.share(SILENT_SHARE);
    if (isSlow) return all.slow < limit && inFlight <= (limit - all.slow) / 2 && !isSilentFull;
    const own = this.tenants.get(tenantId);
    const mostQuick = limit - Math.floor(limit * SHARE_LEFT_BY_TENANT);
    if (all.quick >= limit || (own?.quick ?? 0) >= mostQuick) return false;
    return hasAnswered || this.hasRoomForTrial(own);
  }

  take({ tenantId, isSlow, hasAnswered }: SlotUser): Slot {
    let kind: 'quick' | 'slow' | null = isSlow ? 'slow' : 'quick';
    this.count(tenantId, kind, hasAnswered, 1);
    return {
      moveToSlow: () => {
        if (kind !== 'quick') return;
        this.count(tenantId, kind, hasAnswered, -1);
        kind = 'slow';
        this.count(tenantId, kind, hasAnswered, 1);
      },
      release: () => {
        if (kind !== null) this.count(tenantId, kind, hasAnswered, -1);
        kind = null;
      },
    };
  }

  /** What hangs of a tenant bounds how many more it may try. */
  private hasRoomForTrial(own: Shares | undefined): boolean {
    if (this.all.trial >= this.share(TRIAL_SHARE)) return false;
    return !own || (own.trial < this.share(TRIAL_SHARE_OF_TENANT) && own.silent < 2 * this.limit);
  }

  private share(part: number): number {
    return Math.max(1, Math.floor(this.limit * part));
  }

  private count(tenantId: string, kind: 'quick' | 'slow', hasAnswered: boolean, by: 1 | -1): void {
    const own = this.tenants.get(tenantId) ?? { quick: 0, trial: 0, slow: 0, silent: 0 };
    for (const shares of [this.all, own]) {
      shares[kind] += by;
      if (!hasAnswered) shares[kind === 'quick' ? 'trial' : 'silent'] += by;
    }
    if (own.quick + own.slow === 0) this.tenants.delete(tenantId);
    else this.tenants.set(tenantId, own);
  }
}
