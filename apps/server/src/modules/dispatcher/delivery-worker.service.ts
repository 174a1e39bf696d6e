/**
 * Runs the worker's loop: serves the lanes in turn, sends a request when there is a permit for it, records its outcome and
 * does what follows. take-in-deliveries.service.ts takes deliveries in.
 */
import { Injectable } from '@nestjs/common';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { FindWebhooksService } from '../webhook-configs/find-webhooks.service.js';
import { AttemptDeliveryService, type Attempted } from './attempt-delivery.service.js';
import { isOverload } from './domain/is-overload.js';
import type { Lane, LaneAction } from './lanes/lane.js';
import { Lanes } from './lanes/lanes.js';
import type { LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import { LimitRateService } from './limit-rate.service.js';
import { PermitScheduler, type RequestInFlight } from './permits/permit-scheduler.js';
import { RecordOutcomesService, type Recorded } from './record-outcomes.service.js';
import { isSplit, SplitBatchService, type BatchSender } from './split-batch.service.js';
import { TakeInDeliveriesService } from './take-in-deliveries.service.js';

/** With more unrecorded outcomes nothing new is sent. */
const MAX_UNRECORDED = 2_000;
const SLOW_CHECK_MS = 100;
/**
 * Requests on trial that start before the event loop goes on. Each opens a connection, and those that start together time
 * out together: hundreds at once would delay everything else.
 */
const MAX_TRIALS_PER_PASS = 8;
/** Delay after a request that this service could not send. */
const NOT_SENT_BACKOFF_MS = 1_000;
/** How long a stopping worker waits for attempts under way; the launcher and `docker stop` allow more. */
const DRAIN_MS = 2_500;
const DRAIN_CHECK_MS = 20;

@Injectable()
export class DeliveryWorkerService {
  private slowCheck: NodeJS.Timeout | undefined;
  private isPumpPlanned = false;
  /** No new request is sent. */
  private isStopped = false;

  constructor(
    private readonly intake: TakeInDeliveriesService,
    private readonly lanes: Lanes,
    private readonly permits: PermitScheduler,
    private readonly registry: LeaseRegistry,
    private readonly attempts: AttemptDeliveryService,
    private readonly outcomes: RecordOutcomesService,
    private readonly rates: LimitRateService,
    private readonly splits: SplitBatchService,
    private readonly webhooks: FindWebhooksService,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  start(): void {
    this.metrics.deliveries.watchLoad(() => ({
      inFlight: this.permits.inFlight,
      buffered: Math.max(0, this.registry.size - this.permits.inFlight),
      lanes: this.lanes.size,
    }));
    this.permits.onReady(() => {
      this.planPump();
    });
    this.slowCheck = setInterval(() => {
      this.permits.moveSlowOnes(performance.now());
    }, SLOW_CHECK_MS);
    this.intake.start();
  }

  /** Stops taking in, waits for attempts in flight and releases the rest; attempts that do not end in time are repeated. */
  async stop(): Promise<void> {
    this.outcomes.prepareStop();
    await this.intake.stop();
    this.isStopped = true;
    clearInterval(this.slowCheck);
    this.permits.stop();
    const giveUpAt = performance.now() + DRAIN_MS;
    while ((this.permits.inFlight > 0 || this.outcomes.unrecorded > 0) && performance.now() < giveUpAt) {
      await new Promise((resolve) => setTimeout(resolve, DRAIN_CHECK_MS));
    }
    for (const lane of this.lanes) lane.takeAll();
    await this.registry.stop();
  }

  private planPump(): void {
    if (this.isPumpPlanned) return;
    this.isPumpPlanned = true;
    setImmediate(() => {
      this.isPumpPlanned = false;
      this.pump();
    });
  }

  /** One action of each lane in turn, for as long as there is something to do. */
  private pump(): void {
    let trials = 0;
    while (!this.isStopped && this.outcomes.unrecorded < MAX_UNRECORDED) {
      const lane = this.permits.nextLane();
      if (!lane) return;
      const action = lane.next(performance.now(), (isReplay) => this.permits.hasPermit(lane, isReplay));
      this.act(lane, action);
      if (action.kind === 'send' && lane.isOnTrial) trials += 1;
      if (trials >= MAX_TRIALS_PER_PASS) {
        this.planPump();
        return;
      }
    }
  }

  private act(lane: Lane, action: LaneAction): void {
    switch (action.kind) {
      case 'send':
        void this.send(lane, action.deliveries, action.isReplay);
        this.permits.lineUp(lane);
        return;
      case 'release':
        this.registry.release(action.deliveries);
        this.permits.lineUp(lane);
        return;
      case 'refresh':
        void this.refreshFirst(lane, action.deliveries);
        return;
      case 'wait':
        this.permits.lineUpIn(lane, action.waitMs);
        return;
      case 'ask-rate':
        void this.askRate(lane);
        return;
      case 'await-permit':
        this.permits.park(lane, action.isReplay);
        return;
      case 'idle':
    }
  }

  private async askRate(lane: Lane): Promise<void> {
    const waitMs = await this.refillTokens(lane);
    if (waitMs > 0) this.permits.lineUpIn(lane, waitMs);
    else this.permits.lineUp(lane);
  }

  private refillTokens(lane: Lane): Promise<number> {
    return lane.refillTokens((rate, queued) => this.rates.takeTokens(lane.webhookId, rate, queued));
  }

  /** Refreshes deliveries and puts those that may still be sent at the front of the lane. */
  private async refreshFirst(lane: Lane, deliveries: LeasedDelivery[]): Promise<void> {
    try {
      const kept = await this.refresh(lane, deliveries);
      lane.addFirst(kept);
      if (kept.length < deliveries.length) this.intake.claimWhenLow(lane);
    } catch (error) {
      this.logger.warn('deliveries.look_up_failed', { message: String(error) });
      // Some may be renewed already; released, they can be claimed before their leases end.
      this.registry.release(deliveries);
    }
    this.permits.lineUp(lane);
  }

  /** Renews leases and rereads the settings. @returns those that may still be sent; the others are released */
  private async refresh(lane: Lane, deliveries: readonly LeasedDelivery[]): Promise<LeasedDelivery[]> {
    const askedAt = performance.now();
    const kept = await this.registry.renew(deliveries);
    const settings = (await this.webhooks.settingsOf([lane.webhookId], askedAt)).get(lane.webhookId);
    if (settings) lane.adopt(settings);
    this.registry.release(kept.filter((delivery) => !lane.wants(delivery)));
    return kept.filter((delivery) => lane.wants(delivery));
  }

  private async send(lane: Lane, deliveries: LeasedDelivery[], isReplay: boolean): Promise<void> {
    const request = this.permits.begin(lane, isReplay, performance.now());
    for (const delivery of deliveries) delivery.isUnderWay = true;
    try {
      const attempted = await this.attempt(lane, deliveries);
      if (isSplit(attempted)) await this.splits.send(lane, deliveries, attempted, this.senderOf(request));
      else void this.record(lane, deliveries, attempted);
    } catch (error) {
      if (error instanceof NotSentError) this.postpone(lane, deliveries, error);
      else {
        this.logger.error('delivery.interrupted', error, { webhookId: lane.webhookId });
        for (const delivery of deliveries) this.registry.forget(delivery);
      }
    }
    this.permits.end(request);
    this.intake.claimWhenLow(lane);
  }

  /** A split batch keeps its permit until all of its parts are done. */
  private senderOf(request: RequestInFlight): BatchSender {
    const { lane } = request;
    return {
      isStopped: () => this.isStopped,
      attempt: (deliveries) => {
        this.permits.goOn(request, performance.now());
        return this.attempt(lane, deliveries);
      },
      record: (deliveries, attempted) => this.record(lane, deliveries, attempted),
      postpone: (deliveries, reason) => {
        this.postpone(lane, deliveries, reason);
      },
      refresh: (deliveries) => this.refresh(lane, deliveries),
      refillTokens: () => this.refillTokens(lane),
    };
  }

  /** One request; the lane learns from the answer. */
  private async attempt(lane: Lane, deliveries: LeasedDelivery[]): Promise<Attempted> {
    const attempted = await this.attempts.attempt(lane.settings, deliveries);
    const { durationMs, responseStatus, errorClass, retryAfterMs } = attempted.outcome;
    const end = {
      durationMs,
      isAnswered: responseStatus !== null,
      isOverloaded: isOverload(attempted.outcome),
    };
    lane.answered(end, errorClass === null, retryAfterMs, performance.now());
    return attempted;
  }

  /** This service could not send the request: it is no attempt and says nothing about the receiver. */
  private postpone(lane: Lane, deliveries: readonly LeasedDelivery[], { message }: NotSentError): void {
    const { webhookId } = lane;
    this.logger.warn('delivery.postponed', { webhookId, deliveries: deliveries.length, reason: message });
    for (const delivery of deliveries) delivery.isUnderWay = false;
    lane.backOff(performance.now(), NOT_SENT_BACKOFF_MS);
    this.registry.release(deliveries);
  }

  /** Records a request, and does what follows for each of its deliveries. */
  private record(lane: Lane, deliveries: LeasedDelivery[], attempted: Attempted): Promise<Recorded[]> {
    return Promise.all(
      this.outcomes.record(lane, deliveries, attempted).map(async (recording) => {
        const recorded = await recording;
        if (recorded.retry) this.intake.lease(lane, recorded.retry);
        if (recorded.freedKey) this.intake.takeHead(recorded.freedKey);
        this.intake.claimWhenLow(lane);
        if (this.permits.hasLane) this.planPump();
        return recorded;
      }),
    );
  }
}
