/**
 * Counts the requests of sources and keeps the last ones, off the answering path. What is not yet written when the
 * process dies is lost with it; the events themselves are stored before their senders are answered.
 */
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  MAX_KEPT_BODY_BYTES,
  MAX_SOURCE_REQUESTS,
  type SourceOutcome,
} from '@im/contracts/api/source-constants';
import { BackgroundTasks } from '../../platform/background/background-tasks.js';
import { Clock } from '../../platform/clock/clock.js';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import {
  SourceRequestsRepository,
  type KeptRequest,
  type SourceCounts,
} from './data/source-requests.repository.js';
import type { SourceAnswer, SourceRequest } from './source-kind.js';

const FLUSH_MS = 500;
const MINUTE_MS = 60_000;
/** Bodies that wait to be written; of further ones only the first bytes are kept. */
const MAX_WAITING_BYTES = 8_388_608;
const SHORT_BODY_BYTES = 1_024;
const MAX_TEXT = 4_000;
const MAX_EVENT_IDS = 1_000;
/** Headers that may hold secrets: `referer` may have the address of another source. */
const SECRET_HEADER = /^referer$|authorization|cookie|token|secret|api-?key/;

export interface ReceivedRequest {
  sourceId: string;
  /** Redacted. */
  request: SourceRequest;
  remoteAddress: string;
  outcome: SourceOutcome;
  command: string | null;
  detail: string;
  eventIds: string[];
  answer: SourceAnswer;
  durationMs: number;
}

@Injectable()
export class RecordRequestsService implements BeforeApplicationShutdown {
  /** Of each source the newest last. */
  private requests = new Map<string, KeptRequest[]>();
  private counts = new Map<string, SourceCounts>();
  private waitingBytes = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly rows: SourceRequestsRepository,
    private readonly clock: Clock,
    tasks: BackgroundTasks,
  ) {
    tasks.repeat({
      failureEvent: 'source.record_failed',
      logsFirstFailureOnly: true,
      delayMs: FLUSH_MS,
      run: () => this.flush(),
    });
  }

  add(received: ReceivedRequest): void {
    this.count(received);
    const kept = this.requests.get(received.sourceId) ?? [];
    const request = this.toKeep(received);
    kept.push(request);
    this.waitingBytes += request.body.length;
    if (kept.length > MAX_SOURCE_REQUESTS) this.waitingBytes -= kept.shift()?.body.length ?? 0;
    this.requests.set(received.sourceId, kept);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.flush();
  }

  /** Writes all that was added before the call. */
  flush(): Promise<void> {
    // One at a time: a reader of the rows must not pass by what is being written.
    const written = this.writing.catch(() => undefined).then(() => this.write());
    this.writing = written;
    return written;
  }

  /** Counts that could not be written are kept for the next time. */
  private async write(): Promise<void> {
    if (this.counts.size === 0) return;
    const requests = [...this.requests.values()].flat();
    const counts = this.counts;
    this.requests = new Map();
    this.counts = new Map();
    this.waitingBytes = 0;
    try {
      await this.rows.record(requests, [...counts.values()], this.clock.now());
    } catch (error) {
      for (const [key, each] of counts) this.counts.set(key, sum(each, this.counts.get(key)));
      throw error;
    }
  }

  private count({ sourceId, outcome, request }: ReceivedRequest): void {
    const minuteAt = new Date(Math.floor(request.receivedAt.getTime() / MINUTE_MS) * MINUTE_MS);
    const key = `${sourceId} ${String(minuteAt.getTime())}`;
    const counts = this.counts.get(key) ?? {
      ...{ sourceId, minuteAt },
      ...{ accepted: 0, rejected: 0, notUnderstood: 0, failed: 0 },
    };
    const field = outcome === 'not_understood' ? 'notUnderstood' : outcome;
    counts[field] += 1;
    this.counts.set(key, counts);
  }

  private toKeep(received: ReceivedRequest): KeptRequest {
    const { request, answer, eventIds } = received;
    const { method, path, query, headers, body, receivedAt } = request;
    const maxBytes = this.waitingBytes < MAX_WAITING_BYTES ? MAX_KEPT_BODY_BYTES : SHORT_BODY_BYTES;
    const address = query === '' ? `/${path}` : `/${path}?${query}`;
    return {
      requestId: uuidV7(),
      sourceId: received.sourceId,
      receivedAt,
      method,
      path: storable(address),
      remoteAddress: received.remoteAddress,
      headers: JSON.stringify(maskHeaders(headers)),
      // A copy, so that the whole body can be freed.
      body: Buffer.from(body.subarray(0, maxBytes)),
      bodyBytes: body.length,
      outcome: received.outcome,
      command: received.command === null ? null : storable(received.command),
      detail: storable(received.detail),
      eventIds: eventIds.slice(0, MAX_EVENT_IDS),
      answerStatus: answer.status,
      answerBody: storable(answer.body),
      durationMs: received.durationMs,
    };
  }
}

function sum(one: SourceCounts, other: SourceCounts | undefined): SourceCounts {
  if (!other) return one;
  return {
    ...one,
    accepted: one.accepted + other.accepted,
    rejected: one.rejected + other.rejected,
    notUnderstood: one.notUnderstood + other.notUnderstood,
    failed: one.failed + other.failed,
  };
}

function maskHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SECRET_HEADER.test(name) ? '***' : value.slice(0, MAX_TEXT),
    ]),
  );
}

/** Text that PostgreSQL can store. */
function storable(text: string): string {
  return text.slice(0, MAX_TEXT).replaceAll('\u0000', '\uFFFD').toWellFormed();
}
