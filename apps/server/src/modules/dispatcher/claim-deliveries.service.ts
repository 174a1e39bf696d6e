/** Claims pending rows that lanes have room for, kind by kind. */
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { ClaimsRepository, type ClaimedDelivery } from '../delivery-store/data/claims.repository.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import type { DueWebhook } from '../delivery-store/data/due-webhooks.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { UpdateHealthService } from '../webhook-configs/health/update-health.service.js';
import { WatchUnopenableService } from '../webhook-configs/health/watch-unopenable.service.js';
import { BORN_LEASE_MS } from './hand-over.service.js';
import type { Lane } from './lanes/lane.js';
import { leasedFrom } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import { LEASE_MS } from './renew-leases.service.js';

/** Rows due within this time are claimed early, so that they are sent on time. */
const PREFETCH_MS = 1_500;
const ROWS_PER_CLAIM = 500;
const PASSING_PER_CLAIM = 100;
const KEYS_PER_QUERY = 500;

/** A conversation of a webhook that keeps their order. */
export interface InOrderKey {
  webhookId: string;
  conversationId: string;
}

export interface Claim {
  rows: readonly ClaimedDelivery[];
  /** Before the claim was sent; monotonic milliseconds. */
  askedAt: number;
  /** They are sent although the breaker is open. */
  isProbe?: boolean;
}

@Injectable()
export class ClaimDeliveriesService {
  /** The last conversation looked at, by webhook. */
  private readonly keyCursors = new Map<string, string>();

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly states: DeliveryStatesRepository,
    private readonly health: UpdateHealthService,
    private readonly webhooks: FindWebhooksService,
    private readonly configVersion: ConfigVersion,
    private readonly unopenable: WatchUnopenableService,
    private readonly registry: LeaseRegistry,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Webhooks that something is due for. */
  due(): Promise<Map<string, DueWebhook>> {
    return this.claims.dueWebhooks(PREFETCH_MS);
  }

  /** What a hint names. */
  hinted(deliveryIds: readonly string[]): Promise<Claim> {
    return this.claim('hint', () => this.claims.hinted(deliveryIds, BORN_LEASE_MS));
  }

  /** The first pending delivery of each in-order key, where it is due and unclaimed. */
  heads(keys: readonly InOrderKey[]): Promise<Claim> {
    return this.claim(null, () => this.claims.claimHeads(keys, LEASE_MS, 0));
  }

  /** @returns whether nothing but one delivery waits for the webhook, not counting replays */
  isAlone(webhookId: string): Promise<boolean> {
    return this.claims.isAlone(webhookId);
  }

  /** @param due what is known to be due, though the lane may not know it; absent: nothing is */
  async *claimFor(lane: Lane, due?: DueWebhook): AsyncGenerator<Claim> {
    const settings = (await this.webhooks.settingsOf([lane.webhookId])).get(lane.webhookId);
    if (!settings) return;
    lane.adopt(settings);
    if (settings.isDeleted) {
      await this.states.cancelOfDeleted(lane.webhookId, this.clock.now());
      return;
    }
    await this.unopenable.note(settings);
    // It stays in the rows until the settings change.
    if (!settings.isOpenable) return;
    if (due?.hasPassing === true) yield await this.claimPassing(lane);
    if (lane.isHolding) return;
    if (lane.isBreakerOpen) {
      const probe = await this.claimProbe(lane);
      if (probe) yield probe;
      return;
    }
    if ((due || lane.backlog.hasMore) && lane.room > 0) yield await this.claimLive(lane);
    if (lane.backlog.mayLookForKeys(performance.now())) yield await this.claimHeadsOf(lane);
    if (lane.isLowOnReplays) yield await this.claimReplays(lane);
  }

  private async claimLive({ webhookId, backlog, room }: Lane): Promise<Claim> {
    const limit = Math.min(ROWS_PER_CLAIM, room);
    backlog.beginLive();
    const claim = await this.claim('sweep', () => this.claims.claim(webhookId, limit, LEASE_MS, PREFETCH_MS));
    if (claim.rows.length === limit) backlog.noteMore();
    return claim;
  }

  /** What a person asked for has room in any lane. */
  private claimPassing({ webhookId }: Lane): Promise<Claim> {
    return this.claim('sweep', () => this.claims.claimPassing(webhookId, PASSING_PER_CLAIM, LEASE_MS));
  }

  private async claimReplays({ webhookId, backlog, roomForReplays: limit }: Lane): Promise<Claim> {
    backlog.beginReplays();
    const claim = await this.claim('sweep', () =>
      this.claims.claimReplays(webhookId, limit, LEASE_MS, PREFETCH_MS),
    );
    if (claim.rows.length === limit) backlog.noteMoreReplays();
    return claim;
  }

  private async claimHeadsOf({ webhookId, backlog }: Lane): Promise<Claim> {
    const keys = await this.nextKeys(webhookId);
    if (keys.length === 0) return { rows: [], askedAt: performance.now() };
    const claim = await this.claim(null, () => this.claims.claimHeads(keys, LEASE_MS, PREFETCH_MS));
    backlog.keysLookedFor(claim.askedAt, claim.rows.length > 0);
    return claim;
  }

  /**
   * While the breaker is open one delivery is sent when a probe is due, and a lone one whenever it is due: nothing waits
   * behind it.
   */
  private async claimProbe({ webhookId }: Lane): Promise<Claim | undefined> {
    const askedAt = performance.now();
    const claimed =
      (await this.claims.claim(webhookId, 1, LEASE_MS, 0))[0] ??
      (await this.claimAHead(webhookId)) ??
      (await this.claims.claimReplays(webhookId, 1, LEASE_MS, 0))[0];
    if (!claimed) return undefined;
    let isAllowed = false;
    try {
      const isAlone = claimed.recoveryId === null && (await this.claims.isAlone(webhookId));
      isAllowed = isAlone || (await this.health.takeProbe(webhookId));
    } finally {
      if (!isAllowed) this.registry.release([leasedFrom(claimed, askedAt)]);
    }
    return isAllowed ? { rows: [claimed], askedAt, isProbe: true } : undefined;
  }

  private async claimAHead(webhookId: string): Promise<ClaimedDelivery | undefined> {
    const keys = await this.nextKeys(webhookId);
    return keys.length === 0 ? undefined : (await this.claims.claimHeads(keys, LEASE_MS, 0, 1))[0];
  }

  /** The next in-order keys that have something pending; after the last one the first again. */
  private async nextKeys(webhookId: string): Promise<InOrderKey[]> {
    const after = this.keyCursors.get(webhookId) ?? null;
    const conversations = await this.claims.waitingConversations(webhookId, after, KEYS_PER_QUERY);
    const last = conversations.at(-1);
    if (conversations.length === KEYS_PER_QUERY && last !== undefined) this.keyCursors.set(webhookId, last);
    else this.keyCursors.delete(webhookId);
    return conversations.map((conversationId) => ({ webhookId, conversationId }));
  }

  private async claim(
    origin: 'hint' | 'sweep' | null,
    run: () => Promise<ClaimedDelivery[]>,
  ): Promise<Claim> {
    const askedAt = performance.now();
    const rows = await run();
    if (origin) this.metrics.deliveries.claimed(origin, rows.length);
    const version = rows[0]?.configVersion;
    if (version !== undefined) this.configVersion.observe(version, askedAt);
    return { rows, askedAt };
  }
}
