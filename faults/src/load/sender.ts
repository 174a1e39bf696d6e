/**
 * Runs one sender: it posts its events one after the other, alone or in batches, and repeats those without an answer
 * if they have an id. The answers go into the ledger.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchItemResult, IngestedBatch, IngestedEvent } from '@im/contracts/api/events';
import type { PostedEvent } from '../ledger/posted-event.js';
import type { Random } from '../random.js';
import { eventBody, type StreamName } from './event-stream.js';
import type { Pace } from './pace.js';
import { post, type PostAnswer } from './post.js';

const MAX_IN_BATCH = 8;
const MAX_PAUSE_MS = 1_000;

export interface SenderOptions {
  stream: StreamName;
  sender: number;
  path: string;
  token: string;
  /** Where to send the next request. */
  nextOrigin: () => string;
  nextSequence: () => number;
  pace: Pace;
  random: Random;
  ledger: PostedEvent[];
  /** Answers that no fault of the machine explains. */
  complaints: string[];
}

export class Sender {
  private isStopping = false;

  constructor(private readonly options: SenderOptions) {}

  stop(): void {
    this.isStopping = true;
  }

  /** Until it is stopped and every request is answered. */
  async run(): Promise<void> {
    const { random, pace } = this.options;
    while (!this.isStopping) {
      const isBatch = random.isTrue(0.4);
      const hasId = random.isTrue(0.6);
      const events = Array.from({ length: isBatch ? random.whole(2, MAX_IN_BATCH) : 1 }, () =>
        this.newEvent(hasId),
      );
      await pace.wait(events.length);
      await this.handIn(events, isBatch);
      // Like a careful sender that is not sure whether it was answered.
      if (hasId && random.isTrue(0.05)) await this.handIn(events, isBatch);
    }
  }

  private newEvent(hasId: boolean): PostedEvent {
    const { stream, sender, nextSequence, ledger } = this.options;
    const event: PostedEvent = {
      ...{ sequence: nextSequence(), stream, sender, hasId },
      ...{ state: 'refused', eventIds: [], acceptedAt: null, posts: 0 },
    };
    ledger.push(event);
    return event;
  }

  private async handIn(events: PostedEvent[], isBatch: boolean): Promise<void> {
    const { stream, sender, path, token, nextOrigin } = this.options;
    const bodies = events.map(({ sequence, hasId }) => eventBody(stream, sequence, sender, hasId));
    const body = isBatch ? `{"events":[${bodies.join(',')}]}` : (bodies[0] ?? '');
    const canAskAgain = events.every(({ hasId }) => hasId);
    for (;;) {
      for (const event of events) event.posts += 1;
      const answer = await post(`${nextOrigin()}${path}${isBatch ? '/batch' : ''}`, token, body);
      if (this.account(events, isBatch, answer)) return;
      if (!canAskAgain && !answer.isUnsent) return;
      await delay(Math.min(answer.retryAfterMs, MAX_PAUSE_MS));
    }
  }

  /** @returns whether it has its final answer */
  private account(events: PostedEvent[], isBatch: boolean, answer: PostAnswer): boolean {
    const { complaints } = this.options;
    if (answer.status === 202) {
      const results = isBatch ? batchResults(answer.text) : [singleResult(answer.text)];
      events.forEach((event, index) => {
        this.acknowledge(event, results[index]);
      });
      return true;
    }
    // 429 comes before anything is stored; the result of everything else is unknown.
    if (answer.status !== 429 && !answer.isUnsent) {
      for (const event of events) if (event.state === 'refused') event.state = 'unknown';
    }
    if (answer.status === 0 || answer.status === 429 || answer.status === 503) return false;
    complaints.push(
      `event ${String(events[0]?.sequence)} was answered ${String(answer.status)}: ${answer.text.slice(0, 300)}`,
    );
    return true;
  }

  private acknowledge(event: PostedEvent, result: BatchItemResult | undefined): void {
    const { complaints } = this.options;
    if (!result || 'error' in result) {
      complaints.push(`event ${String(event.sequence)} was refused in its batch: ${JSON.stringify(result)}`);
      return;
    }
    const wasKnown = event.state === 'acknowledged';
    if (wasKnown && !result.duplicate) {
      complaints.push(`event ${String(event.sequence)} was posted again and not called a duplicate`);
    }
    event.state = 'acknowledged';
    event.acceptedAt ??= Date.now();
    const { eventId } = result;
    if (!event.eventIds.includes(eventId)) event.eventIds.push(eventId);
  }
}

function batchResults(text: string): BatchItemResult[] {
  return (JSON.parse(text) as { data: IngestedBatch }).data.results;
}

function singleResult(text: string): BatchItemResult {
  return { index: 0, status: 202, ...(JSON.parse(text) as { data: IngestedEvent }).data };
}
