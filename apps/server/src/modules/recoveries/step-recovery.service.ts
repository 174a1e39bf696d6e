/** Runs one step of a recovery: reads the next candidates and schedules replays, in one commit. */
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidV7 } from 'uuid';
import { ENV, type Env } from '../../config/env.js';
import { Clock } from '../../platform/clock/clock.js';
import { instantOfId, lowestIdAt } from '../../platform/database/time-partitions.js';
import { Logger } from '../../platform/logging/logger.js';
import { DeliveryStatesRepository } from '../delivery-store/data/delivery-states.repository.js';
import { callbackIdOf } from '../delivery-store/domain/callback-id.js';
import { scanCandidates } from './data/candidates.js';
import { insertReplays, type Replay } from '../delivery-store/data/insert-replays.js';
import {
  RecoveryStepsRepository,
  type RecoveryClaim,
  type RecoveryMove,
  type RecoveryToStep,
} from './data/recovery-steps.repository.js';
import { keptSinceMs } from './domain/kept-since.js';
import { pickCandidates, type Candidate } from './domain/pick-candidates.js';
import { pacedAfterMs, planStep } from './domain/plan-step.js';

const SOON_MS = 150;
const WAITING_MS = 1_000;
const PAUSED_MS = 10_000;
/** After this the count is given up; the scan shows the number in the end. */
const MAX_COUNT_MS = 5_000;

type Manager = Parameters<typeof insertReplays>[0];

@Injectable()
export class StepRecoveryService {
  private counting: Promise<void> = Promise.resolve();

  constructor(
    private readonly steps: RecoveryStepsRepository,
    private readonly deliveries: DeliveryStatesRepository,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @Inject(ENV) private readonly env: Pick<Env, 'RETENTION_EVENTS_DAYS' | 'RETENTION_LOGS_DAYS'>,
  ) {}

  async step(claim: RecoveryClaim): Promise<void> {
    const found = await this.steps.inStep(claim, (manager, recovery) => this.move(manager, recovery));
    if (!found) return;
    if (isOver(found) && found.pending > 0) await this.callOff(found.recoveryId);
    if (!found.isStarted) this.count(found);
  }

  /** Resolves when all counts under way have ended. */
  async allCounted(): Promise<void> {
    await this.counting;
  }

  /** Counts in the background, one recovery at a time: many rows take long, and other recoveries must go on. */
  private count(recovery: RecoveryToStep): void {
    this.counting = this.counting
      .then(() => this.steps.count(recovery, MAX_COUNT_MS))
      .catch((error: unknown) => {
        this.logger.warn('recovery.not_counted', {
          recoveryId: recovery.recoveryId,
          message: String(error),
        });
      });
  }

  private async move(manager: Manager, recovery: RecoveryToStep): Promise<RecoveryMove> {
    if (recovery.state === 'running') return this.run(manager, recovery);
    // Once it has ended, its pending deliveries are canceled.
    if (isOver(recovery)) return { isSettled: recovery.pending <= 0, nextInMs: SOON_MS };
    return recovery.isWebhookDeleted
      ? { state: 'failed', reason: 'webhook_deleted', nextInMs: 0 }
      : { nextInMs: PAUSED_MS };
  }

  private async run(manager: Manager, recovery: RecoveryToStep): Promise<RecoveryMove> {
    const step = planStep(recovery);
    switch (step.kind) {
      case 'end':
        this.logger.info('recovery.ended', { recoveryId: recovery.recoveryId, state: step.state });
        return { state: step.state, reason: step.reason, waitingFor: null, nextInMs: 0 };
      case 'pause':
        return { state: 'paused', reason: step.reason, waitingFor: null, nextInMs: PAUSED_MS };
      case 'wait':
        return { waitingFor: step.waitingFor, nextInMs: WAITING_MS };
      case 'schedule':
        return {
          ...(await this.schedule(manager, recovery, step.count)),
          waitingFor: step.waitingFor,
          nextInMs: step.waitingFor === null ? SOON_MS : WAITING_MS,
        };
    }
  }

  /** @param most replays at most */
  private async schedule(
    manager: Manager,
    recovery: RecoveryToStep,
    most: number,
  ): Promise<Partial<RecoveryMove>> {
    if (most === 0) return {};
    const cursorId = this.cursorOf(recovery);
    const { candidates, nextId } = await scanCandidates(manager, { ...recovery, cursorId });
    const { replays, skipped, lastId } = pickCandidates(candidates, most);
    const at = this.clock.now();
    await insertReplays(
      manager,
      recovery,
      replays.map((candidate) => this.replayOf(recovery, candidate, at.getTime())),
      at,
    );
    const isThrough = lastId === candidates.at(-1)?.candidateId;
    return {
      cursorId: (isThrough ? nextId : lastId) ?? cursorId,
      isScanned: isThrough && nextId === null,
      scheduled: replays.length,
      skipped,
      pacedMs: pacedAfterMs(recovery, replays.length),
    };
  }

  /** Beyond the retention of the log, a delivered event would look as if it had never been delivered. */
  private cursorOf({ cursorId, status, eventsDays, logsDays }: RecoveryToStep): string {
    if (status !== 'missing') return cursorId;
    const kept = lowestIdAt(keptSinceMs(this.clock.nowMs(), { eventsDays, logsDays }, this.env));
    return kept > cursorId ? kept : cursorId;
  }

  private replayOf(
    { recoveryId, webhookId, keepsOrder }: RecoveryToStep,
    { eventId, event, conversationId, originalDeliveryId }: Candidate,
    nowMs: number,
  ): Replay {
    return {
      // Never before the recovery itself, even if this machine's clock is behind: that is how it recognises its own
      // replays.
      deliveryId: uuidV7({ msecs: Math.max(nowMs, instantOfId(recoveryId)) }),
      callbackId: callbackIdOf(eventId, webhookId),
      eventId,
      event,
      kind: originalDeliveryId === null ? 'event' : 'redelivery',
      orderedConversationId: keepsOrder ? conversationId : null,
      originalDeliveryId,
    };
  }

  private async callOff(recoveryId: string): Promise<void> {
    while ((await this.deliveries.cancelReplays(recoveryId, this.clock.now())) > 0);
  }
}

function isOver({ state }: RecoveryToStep): boolean {
  return state !== 'running' && state !== 'paused';
}
