/** Sends what waits on one channel, message by message, at the pace of the channel. */
import { Injectable } from '@nestjs/common';
import { v4 as uuidV4 } from 'uuid';
import { NotSentError } from '../../platform/limits/not-sent-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import type { NotificationChannelRow } from './data/notification-channel.entity.js';
import {
  NotificationLanesRepository,
  type Lane,
  type WaitingNotification,
} from './data/notification-lanes.repository.js';
import type { Notice } from './domain/notice.js';
import { MAX_NOTICES_PER_MESSAGE, planMessage } from './domain/plan-message.js';
import { nextAttemptInMs } from './domain/retry-schedule.js';
import { MAX_SEND_MS, SendMessageService, type SendOutcome } from './send-message.service.js';

/** Far longer than a message takes. After a worker died, its channel waits for this time. */
const LEASE_MS = 2 * MAX_SEND_MS;
/** When this service prevented the sending, it is no attempt and is repeated after this time. */
const NOT_SENT_RETRY_MS = 5_000;
/** Then other channels are served. */
const MESSAGES_PER_RUN = 20;

@Injectable()
export class SendNotificationsService {
  constructor(
    private readonly lanes: NotificationLanesRepository,
    private readonly channels: NotificationChannelsRepository,
    private readonly sendMessage: SendMessageService,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** @param signal aborts a message at shutdown; the next worker sends it again */
  async sendOn(channelId: string, signal: AbortSignal): Promise<void> {
    for (let sent = 0; sent < MESSAGES_PER_RUN && !signal.aborted; sent += 1) {
      const lane = await this.lanes.claim(channelId, uuidV4(), LEASE_MS);
      if (!lane || !(await this.sendNext(lane, signal))) return;
    }
  }

  /** @returns whether there may be more to send right away */
  private async sendNext(lane: Lane, signal: AbortSignal): Promise<boolean> {
    const channel = await this.channels.findById(lane.channelId);
    const waiting = await this.lanes.waiting(lane.channelId, MAX_NOTICES_PER_MESSAGE);
    if (!channel || waiting.length === 0) {
      await this.lanes.release(lane, 0);
      return false;
    }
    const plan = planMessage(waiting.length, lane.messageTimesMs, lane.nowMs);
    if (plan.kind === 'wait') {
      await this.lanes.release(lane, Math.ceil(plan.forMs));
      return false;
    }
    const batch = plan.kind === 'group' ? waiting : waiting.slice(0, 1);
    const outcome = await this.send(lane, channel, batch, signal);
    if (outcome) await this.record(lane, channel, batch, outcome);
    return outcome !== null;
  }

  /** @returns null when it was aborted at shutdown, or this service prevented the sending */
  private async send(
    lane: Lane,
    channel: NotificationChannelRow,
    batch: readonly WaitingNotification[],
    signal: AbortSignal,
  ): Promise<SendOutcome | null> {
    try {
      return await this.sendMessage.send(channel, batch.map(noticeOf), signal);
    } catch (error) {
      const isNotSent = error instanceof NotSentError;
      if (!signal.aborted && !isNotSent) return faultOf(error);
      await this.lanes.release(lane, isNotSent ? NOT_SENT_RETRY_MS : 0);
      return null;
    }
  }

  private async record(
    lane: Lane,
    { channelId, kind }: NotificationChannelRow,
    batch: readonly WaitingNotification[],
    outcome: SendOutcome,
  ): Promise<void> {
    const attempts = batch.map(({ notificationId, attempts: made }) => {
      const retryInMs = outcome.isSent ? null : nextAttemptInMs(made + 1, outcome.restMs);
      const status = outcome.isSent ? 'sent' : retryInMs === null ? 'failed' : 'pending';
      return { notificationId, attempts: made + 1, status, retryInMs } as const;
    });
    await this.lanes.record(lane, attempts, outcome, outcome.restMs);
    this.metrics.notifications.attempted(kind, outcome.isSent, outcome.durationMs);
    const fields = {
      channelId,
      kind,
      notificationIds: batch.map(({ notificationId }) => notificationId),
      status: outcome.responseStatus,
      durationMs: Math.round(outcome.durationMs),
    };
    if (outcome.isSent) this.logger.info('notification.sent', fields);
    else this.logger.warn('notification.failed', { ...fields, reason: outcome.errorMessage });
  }
}

function noticeOf({ createdAt, attempts, ...notice }: WaitingNotification): Notice {
  return { ...notice, at: createdAt, attempt: attempts + 1 };
}

/** For what cannot be sent at all, as with another SECRETS_KEY: it must not be tried every second. */
function faultOf(error: unknown): SendOutcome {
  return {
    isSent: false,
    durationMs: 0,
    responseStatus: null,
    responseBody: null,
    errorMessage: `The message could not be made: ${error instanceof Error ? error.message : String(error)}`,
    restMs: null,
  };
}
