/** Logs decisions after they were answered, many in one commit; when the database is away for long, the oldest are lost. */
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { LiveBrief, LiveDelivery } from '@im/contracts/api/live';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { isTransient } from '../../platform/database/retry-transient.js';
import { LiveFeed, type LiveMessage } from '../../platform/live/live-feed.js';
import { boundedError } from '../../platform/logging/bounded-error.js';
import { Logger } from '../../platform/logging/logger.js';
import { Metrics } from '../../platform/metrics/metrics.js';
import { subjectOf } from '../delivery-store/domain/event-subject.js';
import { BeforeLogRepository, type BeforeRecord } from '../delivery-store/data/before-log.repository.js';

const FLUSH_MS = 50;
const MAX_RECORDS_PER_COMMIT = 200;
/** What may wait for the database: in characters of payloads and answers, and in number. */
const MAX_WAITING = 20_000;
const MAX_WAITING_CHARACTERS = 16_000_000;

@Injectable()
export class LogDecisionsService implements BeforeApplicationShutdown {
  private waiting: BeforeRecord[] = [];
  private waitingCharacters = 0;
  private isLosing = false;

  constructor(
    private readonly rows: BeforeLogRepository,
    private readonly live: LiveFeed,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({
      failureEvent: 'before.log_failed',
      logsFirstFailureOnly: true,
      delayMs: FLUSH_MS,
      run: () => this.flush(),
    });
  }

  add(record: BeforeRecord): void {
    this.waiting.push(record);
    this.waitingCharacters += sizeOf(record);
    this.dropOldest();
  }

  async beforeApplicationShutdown(): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.lose(this.waiting.length, error);
    }
  }

  /** @throws what PostgreSQL says while it is away; what waits is kept then */
  private async flush(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, MAX_RECORDS_PER_COMMIT);
      this.waitingCharacters -= sizeOfAll(batch);
      try {
        await this.write(batch);
      } catch (error) {
        this.waiting.unshift(...batch);
        this.waitingCharacters += sizeOfAll(batch);
        this.dropOldest();
        throw error;
      }
      this.isLosing = false;
    }
  }

  /** A record that cannot be stored does not stop the others. */
  private async write(batch: readonly BeforeRecord[]): Promise<void> {
    try {
      await this.rows.record(batch);
    } catch (error) {
      if (isTransient(error)) throw error;
      if (batch.length === 1) {
        this.lose(1, error);
        return;
      }
      for (const record of batch) await this.write([record]);
      return;
    }
    for (const record of batch) {
      const { appId, deliveryId, webhookId } = record;
      this.live.publish(appId, {
        message: () => liveMessageOf(record),
        brief: (): LiveBrief => ({ deliveryId, webhookId, isNew: true }),
        isNew: true,
      });
    }
  }

  private dropOldest(): void {
    let count = 0;
    while (this.waiting.length > MAX_WAITING || this.waitingCharacters > MAX_WAITING_CHARACTERS) {
      const oldest = this.waiting.shift();
      if (!oldest) break;
      this.waitingCharacters -= sizeOf(oldest);
      count += 1;
    }
    if (count > 0) this.lose(count);
  }

  /** Logged once until decisions are stored again. */
  private lose(count: number, error?: unknown): void {
    if (count === 0) return;
    this.metrics.before.notLogged(count);
    if (this.isLosing) return;
    this.isLosing = true;
    this.logger.warn('before.not_logged', {
      count,
      ...(error !== undefined && { error: boundedError(error) }),
    });
  }
}

function sizeOf({ payload, request }: BeforeRecord): number {
  return payload.length + (request?.outcome.responseBody?.length ?? 0);
}

function sizeOfAll(records: readonly BeforeRecord[]): number {
  return records.reduce((sum, record) => sum + sizeOf(record), 0);
}

function liveMessageOf(record: BeforeRecord): LiveMessage {
  const { deliveryId, callbackId, eventId, webhookId, event, decision, decidedBy, request } = record;
  const data: LiveDelivery = {
    ...{ deliveryId, callbackId, eventId, webhookId, event, decision, decidedBy },
    kind: 'before',
    status: decidedBy === 'receiver' ? 'success' : 'failed',
    ...{ phase: null, heldBy: null, nextAttemptAt: null, maxAttempts: 1 },
    attempts: request ? 1 : 0,
    responseStatus: request?.outcome.responseStatus ?? null,
    errorClass: request?.outcome.errorClass ?? null,
    durationMs: record.latencyMs,
    createdAt: record.askedAt.toISOString(),
    ...subjectOf(record, record.payload),
  };
  return { event: 'delivery', data };
}
