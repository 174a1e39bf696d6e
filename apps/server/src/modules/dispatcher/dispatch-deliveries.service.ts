/**
 * Sends what lies in the lanes: webhooks take turns, each with a bounded number under way, slow ones apart from quick
 * ones. Where deliveries come from is not its business, see feed-lanes.service.ts.
 */
import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { AttemptDeliveryService, type Attempted } from './attempt-delivery.service.js';
import { isStale, type HeldDelivery } from './lanes/held-delivery.js';
import type { Lane } from './lanes/lane.js';
import type { LaneKeeper } from './lanes/lane-keeper.js';
import { RequestsUnderWay, type RequestUnderWay } from './lanes/requests-under-way.js';
import type { WaitingLine } from './lanes/waiting-line.js';
import { LimitRateService } from './limit-rate.service.js';
import { RecordOutcomesService } from './record-outcomes.service.js';
import { isSplit, SplitBatchService } from './split-batch.service.js';

/** Outcomes that wait to be recorded; with more nothing new is begun. */
const MOST_UNRECORDED = 2_000;
const LOOKED_UP_AT_ONCE = 100;
const SLOW_CHECK_MS = 100;
/** What did not leave because of us is tried again after that time. */
const NOT_SENT_REST_MS = 1_000;

@Injectable()
export class DispatchDeliveriesService {
  private readonly underWay: RequestsUnderWay;
  private readonly line: Lane[] = [];
  /** Lanes that found no place among the slow ones. */
  private readonly parked = new Set<Lane>();
  private isPumpPlanned = false;
  private isStopped = false;
  private slowCheck: NodeJS.Timeout | undefined;
  private keeper!: LaneKeeper;

  constructor(
    @Inject(ENV) env: Pick<Env, 'WEBHOOK_CONCURRENCY'>,
    private readonly attempts: AttemptDeliveryService,
    private readonly outcomes: RecordOutcomesService,
    private readonly rates: LimitRateService,
    private readonly splits: SplitBatchService,
    private readonly logger: Logger,
  ) {
    this.underWay = new RequestsUnderWay(env.WEBHOOK_CONCURRENCY);
  }

  get inFlight(): number {
    return this.underWay.count;
  }

  /** Requests under way and outcomes not recorded yet. */
  get isBusy(): boolean {
    return this.underWay.count > 0 || this.outcomes.unrecorded > 0;
  }

  start(keeper: LaneKeeper): void {
    this.keeper = keeper;
    this.outcomes.start(keeper, () => {
      if (this.line.length > 0) this.planPump();
    });
    this.slowCheck = setInterval(() => {
      this.moveSlowOnes();
    }, SLOW_CHECK_MS);
  }

  /** Begins nothing new. */
  stop(): void {
    this.isStopped = true;
    clearInterval(this.slowCheck);
  }

  /** The lane has something to send, perhaps. */
  lineUp(lane: Lane): void {
    if (lane.isLinedUp || lane.waiting === 0) return;
    lane.isLinedUp = true;
    this.line.push(lane);
    this.planPump();
  }

  /** Deliveries that were looked up go first. */
  resume(lane: Lane, deliveries: readonly HeldDelivery[]): void {
    lane.addFirst(deliveries);
    this.lineUp(lane);
  }

  private planPump(): void {
    if (this.isPumpPlanned) return;
    this.isPumpPlanned = true;
    setImmediate(() => {
      this.isPumpPlanned = false;
      this.pump();
    });
  }

  /** One request of each lane in turn, for as long as there is room. */
  private pump(): void {
    while (this.line.length > 0 && !this.isStopped && this.outcomes.unrecorded < MOST_UNRECORDED) {
      const lane = this.line.shift();
      if (!lane) return;
      lane.isLinedUp = false;
      if (this.sendNextOf(lane)) this.lineUp(lane);
    }
  }

  /** @returns whether the lane may send more now */
  private sendNextOf(lane: Lane): boolean {
    if (lane.inFlight >= lane.pace.inFlightLimit) return false;
    const now = performance.now();
    this.keeper.giveBack(lane.takeUnwanted());
    const line = this.nextLine(lane, now);
    const oldest = line?.oldest;
    if (!oldest) return false;
    if (!lane.settings.isOpenable || (lane.isPaused && !oldest.mayPassBreaker)) {
      this.keeper.giveBack(lane.takeAll());
      return false;
    }
    if (!this.underWay.hasRoomFor(lane, oldest.recoveryId !== null)) {
      this.parked.add(lane);
      return false;
    }
    const count = this.countToSend(lane, line, now);
    if (count === 0) return false;
    const deliveries = inOrderOfAcceptance(line.take(count));
    if (deliveries.some((held) => isStale(held, now))) {
      const most = lane.settings.rateLimitPerSecond > 0 ? Math.ceil(lane.allowance) : LOOKED_UP_AT_ONCE;
      this.keeper.lookUp(lane, [...deliveries, ...line.take(Math.max(0, most - deliveries.length))]);
      return false;
    }
    if (lane.settings.rateLimitPerSecond > 0) lane.allowance -= 1;
    void this.send(lane, deliveries, now);
    return true;
  }

  /** What comes in at the moment; replays while there is none of it, or while it only waits to fill its batch. */
  private nextLine(lane: Lane, now: number): WaitingLine | undefined {
    const { live, replays } = lane;
    if (replays.length === 0 || !lane.maySendReplay) return live;
    return live.length === 0 || batchWaitMs(lane, live, now) > 0 ? replays : live;
  }

  /** How many deliveries the lane's next request carries; 0: none now, and the lane lines up again when that changes. */
  private countToSend(lane: Lane, line: WaitingLine, now: number): number {
    const { batch, rateLimitPerSecond } = lane.settings;
    const restMs = line.oldest?.mayPassBreaker ? 0 : lane.restsUntil - now;
    if (restMs > 0) return this.later(lane, restMs);
    const fillMs = batchWaitMs(lane, line, now);
    if (fillMs > 0) return this.later(lane, fillMs);
    if (rateLimitPerSecond > 0 && lane.allowance < 1) {
      if (!lane.isAskingAllowance) void this.askAllowance(lane);
      return 0;
    }
    return batch ? line.together(batch.maxEvents) : 1;
  }

  private async askAllowance(lane: Lane): Promise<void> {
    lane.isAskingAllowance = true;
    const waitMs = await this.rates.allow(lane);
    lane.isAskingAllowance = false;
    if (waitMs > 0) this.later(lane, waitMs);
    else this.lineUp(lane);
  }

  /** Of several waits the shortest counts. */
  private later(lane: Lane, waitMs: number): 0 {
    const now = performance.now();
    const isSooner = now + waitMs < lane.wakesAt || lane.wakesAt <= now;
    if (!isSooner) return 0;
    clearTimeout(lane.wakeUp);
    lane.wakesAt = now + waitMs;
    lane.wakeUp = setTimeout(() => {
      lane.wakesAt = 0;
      this.lineUp(lane);
    }, Math.ceil(waitMs));
    return 0;
  }

  private async send(lane: Lane, deliveries: HeldDelivery[], startedAt: number): Promise<void> {
    const isReplay = deliveries.some(({ recoveryId }) => recoveryId !== null);
    const request = this.underWay.begin(lane, isReplay, startedAt);
    for (const delivery of deliveries) delivery.isUnderWay = true;
    try {
      const attempted = await this.attempt(lane, deliveries);
      if (isSplit(attempted)) await this.sendSplit(request, deliveries, attempted);
      else void this.outcomes.record(lane, deliveries, attempted);
    } catch (error) {
      if (error instanceof NotSentError) this.postpone(lane, deliveries, error);
      else {
        this.logger.error('delivery.interrupted', error, { webhookId: lane.webhookId });
        for (const delivery of deliveries) this.keeper.dropped(delivery);
      }
    }
    this.underWay.end(request);
    this.afterEnd(lane);
  }

  /** One request; the lane learns from what it was answered. */
  private async attempt(lane: Lane, deliveries: HeldDelivery[]): Promise<Attempted> {
    const attempted = await this.attempts.attempt(lane.settings, deliveries);
    const { outcome } = attempted;
    const isAnswered = outcome.responseStatus !== null;
    lane.pace.ended(
      { durationMs: outcome.durationMs, isAnswered, isOverloaded: isOverload(outcome) },
      lane.inFlight,
    );
    if (outcome.errorClass === null) lane.restsUntil = 0;
    else if (outcome.retryAfterMs !== null) lane.rest(performance.now(), outcome.retryAfterMs);
    return attempted;
  }

  /** A refused batch keeps its one slot until all of its parts are done; each of their requests may take its time. */
  private async sendSplit(
    request: RequestUnderWay,
    refused: HeldDelivery[],
    attempted: Attempted,
  ): Promise<void> {
    const { lane } = request;
    await this.splits.send(lane, refused, attempted, {
      keeper: this.keeper,
      isStopped: () => this.isStopped,
      attempt: (deliveries) => {
        this.underWay.goOn(request, performance.now());
        return this.attempt(lane, deliveries);
      },
      postpone: (deliveries, reason) => {
        this.postpone(lane, deliveries, reason);
      },
    });
  }

  /** Its request did not leave because of us: no attempt was made, and the receiver did nothing wrong. */
  private postpone(lane: Lane, deliveries: HeldDelivery[], { message }: NotSentError): void {
    const { webhookId } = lane;
    this.logger.warn('delivery.postponed', { webhookId, deliveries: deliveries.length, reason: message });
    for (const delivery of deliveries) delivery.isUnderWay = false;
    lane.rest(performance.now(), NOT_SENT_REST_MS);
    this.keeper.giveBack(deliveries);
  }

  private afterEnd(lane: Lane): void {
    this.lineUp(lane);
    this.lineUpParked();
    this.keeper.laneMoved(lane);
    if (this.line.length > 0) this.planPump();
  }

  /** Those that would find a place now. */
  private lineUpParked(): void {
    for (const lane of this.parked) {
      if (!this.underWay.hasRoomFor(lane, lane.live.length === 0)) continue;
      this.parked.delete(lane);
      this.lineUp(lane);
    }
  }

  /** What is under way for long leaves its place to quick ones. */
  private moveSlowOnes(): void {
    const { moved, slowLanes } = this.underWay.moveSlowOnes(performance.now());
    if (moved === 0) return;
    // Among the slow ones a lane may have more under way than on trial.
    for (const lane of slowLanes) this.lineUp(lane);
    this.lineUpParked();
    this.planPump();
  }
}

/**
 * Retries of one batch may come due in another order; sent in the order of their ids, which are UUIDs of version 7, the
 * batch has the same `batchId` again.
 */
function inOrderOfAcceptance(deliveries: HeldDelivery[]): HeldDelivery[] {
  return deliveries.sort((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));
}

/** For how long the line waits for more to fill a batch; not above 0: it need not. */
function batchWaitMs({ settings: { batch } }: Lane, { oldest, length }: WaitingLine, now: number): number {
  return batch && oldest && !oldest.wasRefused && length < batch.maxEvents
    ? oldest.queuedAt + batch.maxWaitMs - now
    : 0;
}

/** The receiver has too much, or is not there: fewer at once. */
function isOverload({ errorClass, responseStatus }: Attempted['outcome']): boolean {
  if (responseStatus !== null) return responseStatus === 429 || responseStatus === 503;
  return errorClass !== null && errorClass !== 'blocked_address';
}
