/**
 * Brings deliveries into the lanes: fresh ones handed over or hinted at, and whatever is due in the rows and in nobody's
 * hands. The sweep of the rows alone would deliver everything, only later; so it heals whatever else got lost.
 */
import { Injectable } from '@nestjs/common';
import { Batcher } from '../../platform/batching/batcher.js';
import { runAll } from '../../platform/batching/run-all.js';
import { Clock } from '../../platform/clock/clock.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import { Logger } from '../../platform/logging/logger.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import {
  ClaimsRepository,
  type ClaimedDelivery,
  type DueWebhook,
} from '../delivery-store/data/claims.repository.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { UpdateHealthService } from '../webhook-configs/health/update-health.service.js';
import type { DeliveryHint } from './delivery.queue.js';
import { BORN_LEASE_MS, type FreshDelivery, type LocalWorker } from './hand-over.service.js';
import { HoldDeliveriesService } from './hold-deliveries.service.js';
import { LEASE_MS } from './keep-leases.service.js';
import { heldFrom } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import { Lanes } from './lanes/lanes.js';
import { WatchUnopenableService } from '../webhook-configs/health/watch-unopenable.service.js';

const SWEEP_INTERVAL_MS = 500;
/** A sweep of very many webhooks takes a tenth of the time at most. */
const MOST_IDLE_FACTOR = 9;
/** What comes due so soon is claimed already, so that it goes out on time. */
const AHEAD_MS = 1_500;
const ROWS_PER_CLAIM = 500;
const PASSING_PER_CLAIM = 100;
/** Lanes a sweep refills at a time, so that it leaves most connections to others. */
const REFILLS_AT_ONCE = 4;
const TURNS_PER_QUERY = 500;
/** Turns come one by one as outcomes are recorded; a few milliseconds gather those of a commit. */
const TURN_LINGER_MS = 5;

const FRESH = {
  ...{ attempts: 0, splits: 0, wasRefused: false, recoveryId: null },
  ...{ claimNumber: 0, dueInMs: 0, leaseMs: BORN_LEASE_MS },
} as const;

export interface Turn {
  webhookId: string;
  conversationId: string;
}

@Injectable()
export class FeedLanesService implements LocalWorker {
  private sweepTimer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | null = null;
  private isStopped = false;
  private readonly underway = new Set<Promise<void>>();
  private readonly turns: Batcher<Turn, undefined>;
  /** The last conversation looked at, by webhook. */
  private readonly conversationCursors = new Map<string, string>();

  constructor(
    private readonly claims: ClaimsRepository,
    private readonly states: DeliveryStatesRepository,
    private readonly health: UpdateHealthService,
    private readonly webhooks: FindWebhooksService,
    private readonly configVersion: ConfigVersion,
    private readonly lanes: Lanes,
    private readonly hold: HoldDeliveriesService,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
    private readonly traces: EventTraces,
    private readonly unopenable: WatchUnopenableService,
  ) {
    this.turns = new Batcher({
      maxItems: TURNS_PER_QUERY,
      concurrency: 2,
      lingerMs: TURN_LINGER_MS,
      run: async (turns) => {
        await this.claimTurns(turns);
        return turns.map(() => undefined);
      },
    });
  }

  start(): void {
    this.sweepIn(SWEEP_INTERVAL_MS);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.sweepTimer);
    await this.sweeping;
    await Promise.all(this.underway);
  }

  take(deliveries: readonly FreshDelivery[], bornAt: number): void {
    const claimed: ClaimedDelivery[] = [];
    for (const delivery of deliveries) {
      const { webhookId, orderedConversationId: conversationId } = delivery;
      if (conversationId !== null) this.takeTurn({ webhookId, conversationId });
      else claimed.push({ ...delivery, ...FRESH, passesHolds: delivery.kind !== 'event' });
    }
    // Nothing older than their acceptance is remembered in this process.
    this.tryTo('take', () => this.offer(claimed, bornAt, 0));
  }

  /** Loads what a hint names. */
  async follow({ deliveryIds, turns, traceparents = {} }: DeliveryHint): Promise<void> {
    for (const [eventId, traceparent] of Object.entries(traceparents))
      this.traces.remember(eventId, traceparent);
    for (const turn of turns) this.takeTurn(turn);
    if (deliveryIds.length === 0) return;
    const askedAt = performance.now();
    const hinted = await this.claims.hinted(deliveryIds, BORN_LEASE_MS);
    this.metrics.deliveries.claimed('hint', hinted.length);
    await this.offer(hinted, askedAt);
  }

  /** The conversation's next delivery may go. */
  takeTurn(turn: Turn): void {
    if (this.isStopped || this.lanes.find(turn.webhookId)?.room === 0) return;
    this.tryTo('turn', () => this.turns.add(turn));
  }

  /** Fetches more for a lane that runs low, while the rows have more. */
  refillWhenLow(lane: Lane): void {
    if (lane.needsRefill) this.tryTo('refill', () => this.refill(lane));
  }

  private async claimTurns(turns: Turn[]): Promise<void> {
    const askedAt = performance.now();
    await this.offer(await this.claims.claimTurns(turns, LEASE_MS, 0), askedAt);
  }

  /** @param asOf how old the settings may be; absent: as old as the claim */
  private async offer(claimed: readonly ClaimedDelivery[], askedAt: number, asOf = askedAt): Promise<void> {
    const [first] = claimed;
    if (!first) return;
    if (first.configVersion !== undefined) this.configVersion.observe(first.configVersion, askedAt);
    const settings = await this.webhooks
      .settingsOf(new Set(claimed.map((row) => row.webhookId)), asOf)
      .catch((error: unknown) => {
        this.hold.giveBack(claimed.map((row) => heldFrom(row, askedAt)));
        throw error;
      });
    for (const row of claimed) {
      const found = settings.get(row.webhookId);
      if (found) this.hold.place(this.lanes.of(found), heldFrom(row, askedAt));
    }
  }

  private sweepIn(waitMs: number): void {
    this.sweepTimer = setTimeout(() => {
      const startedAt = performance.now();
      this.sweeping = this.sweep().finally(() => {
        const tookMs = performance.now() - startedAt;
        if (!this.isStopped) this.sweepIn(Math.max(SWEEP_INTERVAL_MS, tookMs * MOST_IDLE_FACTOR));
      });
    }, waitMs);
  }

  private async sweep(): Promise<void> {
    this.metrics.deliveries.swept();
    try {
      const due = await this.claims.dueWebhooks(AHEAD_MS);
      const settings = await this.webhooks.settingsOf(due.keys());
      const refills = [...due].map(([webhookId, isDue]) => async () => {
        const found = settings.get(webhookId);
        if (!found) return;
        const lane = this.lanes.of(found);
        if (isDue.isOrdered) lane.hasTurnsInRows = true;
        if (isDue.hasReplays) lane.hasMoreReplaysInRows = true;
        if (lane.room === 0 && !isDue.hasPassing) lane.hasMoreInRows = true;
        else await this.refill(lane, isDue);
      });
      await runAll(refills, REFILLS_AT_ONCE);
    } catch (error) {
      this.logger.error('sweep.failed', error);
    }
  }

  /** @param due what is known to be due, though the lane may not know of it; absent: nothing is */
  private async refill(lane: Lane, due?: DueWebhook): Promise<void> {
    if (lane.isRefilling || this.isStopped) return;
    lane.isRefilling = true;
    try {
      const settings = (await this.webhooks.settingsOf([lane.webhookId])).get(lane.webhookId);
      if (!settings) return;
      lane.adopt(settings);
      if (settings.isDeleted) {
        await this.states.cancelOfDeleted(lane.webhookId, this.clock.now());
        return;
      }
      await this.unopenable.note(settings);
      // It waits in the rows until the settings change.
      if (!settings.isOpenable) return;
      if (due?.hasPassing === true) await this.refillPassing(lane);
      if (lane.isHolding) return;
      if (lane.isPaused) await this.probe(lane);
      else {
        if (due || lane.hasMoreInRows) await this.refillFromRows(lane);
        if (lane.mayLookForTurns(performance.now())) await this.refillTurns(lane);
        if (lane.isLowOnReplays) await this.refillReplays(lane);
      }
    } finally {
      lane.isRefilling = false;
    }
    this.refillWhenLow(lane);
  }

  private async refillFromRows(lane: Lane): Promise<void> {
    const limit = Math.min(ROWS_PER_CLAIM, lane.room);
    if (limit === 0) return;
    lane.hasMoreInRows = false;
    const askedAt = performance.now();
    const claimed = await this.claims.claim(lane.webhookId, limit, LEASE_MS, AHEAD_MS);
    this.metrics.deliveries.claimed('sweep', claimed.length);
    if (claimed.length === limit) lane.hasMoreInRows = true;
    await this.offer(claimed, askedAt);
  }

  /** What a person asked for has room in any lane. */
  private async refillPassing(lane: Lane): Promise<void> {
    const askedAt = performance.now();
    const claimed = await this.claims.claimPassing(lane.webhookId, PASSING_PER_CLAIM, LEASE_MS);
    this.metrics.deliveries.claimed('sweep', claimed.length);
    await this.offer(claimed, askedAt);
  }

  private async refillReplays(lane: Lane): Promise<void> {
    lane.hasMoreReplaysInRows = false;
    const limit = lane.roomForReplays;
    const askedAt = performance.now();
    const claimed = await this.claims.claimReplays(lane.webhookId, limit, LEASE_MS, AHEAD_MS);
    this.metrics.deliveries.claimed('sweep', claimed.length);
    if (claimed.length === limit) lane.hasMoreReplaysInRows = true;
    await this.offer(claimed, askedAt);
  }

  private async refillTurns(lane: Lane): Promise<void> {
    const turns = await this.nextConversations(lane.webhookId);
    if (turns.length === 0) return;
    const askedAt = performance.now();
    const claimed = await this.claims.claimTurns(turns, LEASE_MS, AHEAD_MS);
    lane.turnsLookedFor(askedAt, claimed.length > 0);
    await this.offer(claimed, askedAt);
  }

  /** The next ones in turn of the conversations that have something waiting; after the last one the first again. */
  private async nextConversations(webhookId: string): Promise<Turn[]> {
    const after = this.conversationCursors.get(webhookId) ?? null;
    const conversations = await this.claims.waitingConversations(webhookId, after, TURNS_PER_QUERY);
    const last = conversations.at(-1);
    if (conversations.length === TURNS_PER_QUERY && last !== undefined) {
      this.conversationCursors.set(webhookId, last);
    } else this.conversationCursors.delete(webhookId);
    return conversations.map((conversationId) => ({ webhookId, conversationId }));
  }

  /** While the breaker is open one delivery goes out when a probe is due, and a lone one whenever it is due: it holds up nobody. */
  private async probe(lane: Lane): Promise<void> {
    const { webhookId } = lane;
    const askedAt = performance.now();
    const claimed =
      (await this.claims.claim(webhookId, 1, LEASE_MS, 0))[0] ??
      (await this.claimATurn(webhookId)) ??
      (await this.claims.claimReplays(webhookId, 1, LEASE_MS, 0))[0];
    if (!claimed) return;
    const probe = { ...heldFrom(claimed, askedAt), mayPassBreaker: true };
    let isAllowed = false;
    try {
      const isAlone = claimed.recoveryId === null && (await this.claims.isAlone(webhookId));
      isAllowed = isAlone || (await this.health.takeProbe(webhookId));
    } finally {
      if (isAllowed) this.hold.place(lane, probe);
      else this.hold.giveBack([probe]);
    }
  }

  private async claimATurn(webhookId: string): Promise<ClaimedDelivery | undefined> {
    const turns = await this.nextConversations(webhookId);
    return turns.length === 0 ? undefined : (await this.claims.claimTurns(turns, LEASE_MS, 0, 1))[0];
  }

  private tryTo(what: string, work: () => Promise<void>): void {
    const done = work()
      .catch((error: unknown) => {
        this.logger.warn('feed.failed', { what, message: String(error) });
      })
      .finally(() => this.underway.delete(done));
    this.underway.add(done);
  }
}
