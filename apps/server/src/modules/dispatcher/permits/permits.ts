/**
 * Limits how many requests of this process are in flight: some permits for quick webhooks, as many for slow ones. A request
 * that takes long moves over, so webhooks that hang never take the permits of those that answer. A webhook that has not
 * answered yet is on trial: trials have a share of the quick permits, so that very many new ones that hang leave some.
 */

/** What a permit depends on. */
export interface PermitUser {
  tenantId: string;
  /** It answers slowly, or hangs. */
  isSlow: boolean;
  /** It has answered before. */
  hasAnswered: boolean;
  /** Its requests in flight. */
  inFlight: number;
}

export interface Permit {
  moveToSlow(): void;
  release(): void;
}

/** Quick permits, and those among them on trial. */
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
/** Requests to webhooks that never answered, as a multiple of the limit: for one tenant, and for all. */
const MAX_SILENT_TIMES_OF_TENANT = 2;
const MAX_SILENT_TIMES = 8;
/** The share of the quick permits that one tenant leaves to the others. */
const SHARE_LEFT_BY_TENANT = 1 / 8;

export class Permits {
  private readonly all: Shares = { quick: 0, trial: 0, slow: 0, silent: 0 };
  private readonly tenants = new Map<string, Shares>();

  /** @param limit of each kind */
  constructor(private readonly limit: number) {}

  get inFlight(): number {
    return this.all.quick + this.all.slow;
  }

  /** How many more such requests may begin; at most 1 for slow ones, since each reduces the share of its webhook. */
  room({ tenantId, isSlow, hasAnswered, inFlight }: PermitUser): number {
    if (isSlow) return this.hasRoomForSlow(hasAnswered, inFlight) ? 1 : 0;
    const { limit, all } = this;
    const own = this.tenants.get(tenantId);
    const maxQuick = limit - Math.floor(limit * SHARE_LEFT_BY_TENANT);
    const room = Math.min(limit - all.quick, maxQuick - (own?.quick ?? 0));
    return Math.max(0, hasAnswered ? room : Math.min(room, this.roomForTrials(own)));
  }

  take({ tenantId, isSlow, hasAnswered }: PermitUser): Permit {
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

  /**
   * Webhooks that never answered take no permits of those that do. Of either kind one webhook alone gets half of what is
   * free at most.
   */
  private hasRoomForSlow(hasAnswered: boolean, inFlight: number): boolean {
    const { slow, silent } = this.all;
    const [taken, max] = hasAnswered ? [slow - silent, this.limit] : [silent, this.share(SILENT_SHARE)];
    return taken < max && inFlight <= (max - taken) / 2;
  }

  /** The number of hanging requests, of the tenant and of all, limits further trials. */
  private roomForTrials(own: Shares | undefined): number {
    const { trial, silent } = this.all;
    if (silent >= MAX_SILENT_TIMES * this.limit) return 0;
    if (own && own.silent >= MAX_SILENT_TIMES_OF_TENANT * this.limit) return 0;
    return Math.min(this.share(TRIAL_SHARE) - trial, this.share(TRIAL_SHARE_OF_TENANT) - (own?.trial ?? 0));
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
