/** Records the outcomes of requests and decides what follows for each delivery. */
import { Injectable } from '@nestjs/common';
import { Logger } from '../../platform/logging/logger.js';
import type { Attempted, AttemptedDelivery } from './attempt-delivery.service.js';
import type { InOrderKey } from './claim-deliveries.service.js';
import type { RecordResult } from './data/attempt-records.repository.js';
import type { Lane } from './lanes/lane.js';
import { continueAfterSplit, retryOf, type LeasedDelivery } from './lanes/leased-delivery.js';
import { LeaseRegistry } from './lease-registry.js';
import { RecordAttemptService } from './record-attempt.service.js';
import { LEASE_MS } from './renew-leases.service.js';

/** A retry due within this time stays leased here instead of being claimed again. */
const MAX_RETRY_WAIT_MS = 10_000;

/** What follows once an attempt is recorded. */
export interface Recorded {
  /** The delivery is still pending. */
  isPending: boolean;
  /** Its next attempt, if it stays leased here; null: there is none, or it is claimed again later. */
  retry: LeasedDelivery | null;
  /** The in-order key whose next delivery may be sent. */
  freedKey: InOrderKey | null;
}

const NOT_RECORDED: Recorded = { isPending: false, retry: null, freedKey: null };

interface RecordedAttempt {
  attempted: AttemptedDelivery;
  result: RecordResult;
  /** When the attempt ended, monotonic milliseconds. */
  endedAt: number;
  /** How long the lease lasts beyond the next attempt; 0: it ends with this one. */
  leaseMs: number;
}

@Injectable()
export class RecordOutcomesService {
  private unrecordedCount = 0;
  private isStopping = false;

  constructor(
    private readonly records: RecordAttemptService,
    private readonly registry: LeaseRegistry,
    private readonly logger: Logger,
  ) {}

  /** Outcomes that are not recorded yet. */
  get unrecorded(): number {
    return this.unrecordedCount;
  }

  /** From now on no retry stays leased here. */
  prepareStop(): void {
    this.isStopping = true;
  }

  /** @returns for each delivery, in order, what follows; it never rejects */
  record(lane: Lane, deliveries: readonly LeasedDelivery[], attempted: Attempted): Promise<Recorded>[] {
    const endedAt = performance.now();
    return deliveries.map((delivery, index) => {
      const each = attempted.deliveries[index];
      return each ? this.recordOne(lane, delivery, attempted, each, endedAt) : Promise.resolve(NOT_RECORDED);
    });
  }

  private async recordOne(
    lane: Lane,
    delivery: LeasedDelivery,
    request: Attempted,
    attempted: AttemptedDelivery,
    endedAt: number,
  ): Promise<Recorded> {
    const leaseMs = this.leaseMsAfter(lane, attempted);
    this.unrecordedCount += 1;
    try {
      const result = await this.records.record(request, attempted, leaseMs);
      return this.followUp(lane, delivery, { attempted, result, endedAt, leaseMs });
    } catch (error) {
      this.logger.error('delivery.not_recorded', error, { deliveryId: delivery.deliveryId });
      this.registry.forget(delivery);
      return NOT_RECORDED;
    } finally {
      this.unrecordedCount -= 1;
    }
  }

  private leaseMsAfter(lane: Lane, { verdict }: AttemptedDelivery): number {
    if (verdict.kind === 'split') return LEASE_MS;
    if (verdict.kind !== 'retry' || this.isStopping) return 0;
    if (lane.isHolding || lane.isCrowded(performance.now())) return 0;
    const staysHere = verdict.delayMs <= MAX_RETRY_WAIT_MS && this.registry.hasRoomForRetry && lane.room > 0;
    return staysHere ? LEASE_MS : 0;
  }

  private followUp(
    lane: Lane,
    delivery: LeasedDelivery,
    { attempted, result, endedAt, leaseMs }: RecordedAttempt,
  ): Recorded {
    const { attempt, verdict, isRefused } = attempted;
    const { isRecorded, isPending, health } = result;
    if (health) lane.setBreakerOpen(health.isPaused);
    if (verdict.kind === 'split' && isPending) {
      continueAfterSplit(delivery, attempt, endedAt + leaseMs);
      return { isPending, retry: null, freedKey: null };
    }
    this.registry.forget(delivery);
    if (!isRecorded) return { isPending, retry: null, freedKey: null };
    if (verdict.kind !== 'retry') return { isPending, retry: null, freedKey: freedKeyOf(lane, delivery) };
    if (leaseMs === 0 || !isPending) return { isPending, retry: null, freedKey: null };
    const dueAt = endedAt + verdict.delayMs;
    const next = { attempts: attempt, dueAt, leaseEndsAt: dueAt + leaseMs, wasRefused: isRefused };
    return { isPending, retry: retryOf(delivery, next), freedKey: null };
  }
}

/** The next replay of a conversation is claimed with the others of its recovery. */
function freedKeyOf(
  lane: Lane,
  { webhookId, orderedConversationId: conversationId, recoveryId }: LeasedDelivery,
): InOrderKey | null {
  if (conversationId === null) return null;
  if (recoveryId === null) return { webhookId, conversationId };
  lane.backlog.noteMoreReplays();
  return null;
}
