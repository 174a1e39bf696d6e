/**
 * Hints workers of other processes at fresh deliveries: one Bull job for those of a commit. The rows are authoritative; if
 * a hint is lost, the sweep finds them.
 */
import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { HintQueue } from '../../platform/queue/hint-queue.js';
import { HintQueues } from '../../platform/queue/hint-queues.js';
import { EventTraces } from '../../platform/tracing/event-traces.js';
import type { PlannedDelivery } from '../delivery-store/data/insert-deliveries.js';

export const DELIVERY_QUEUE = 'deliveries';

export interface DeliveryHint {
  deliveryIds: string[];
  /** Conversations whose order is kept and in which something may be due. */
  turns: { webhookId: string; conversationId: string }[];
  /** Which trace each event belongs to, by event id; absent while tracing is off. */
  traceparents?: Record<string, string> | undefined;
}

/** Deliveries in one hint at most, so that several workers share a large commit. */
const MAX_DELIVERIES_PER_HINT = 100;
/** Jobs only load rows; the attempts are made by the worker's loop. */
const OPTIONS = {
  maxConcurrent: 4,
  maxWaiting: 500,
  failureEvent: 'queue.hint_failed',
  waitsForJobs: false,
};

@Injectable()
export class DeliveryQueue extends HintQueue<DeliveryHint> {
  constructor(
    @InjectQueue(DELIVERY_QUEUE) queue: Queue<DeliveryHint>,
    queues: HintQueues,
    private readonly traces: EventTraces,
  ) {
    super(queue, queues, OPTIONS);
  }

  /** Adds hints without waiting. While Redis is down or full of hints they are dropped. */
  hint(deliveries: readonly PlannedDelivery[]): void {
    if (this.takesHints) this.addMany(hintsOf(deliveries, this.traces));
  }
}

function hintsOf(deliveries: readonly PlannedDelivery[], traces: EventTraces): DeliveryHint[] {
  const hints: DeliveryHint[] = [];
  for (let from = 0; from < deliveries.length; from += MAX_DELIVERIES_PER_HINT) {
    const part = deliveries.slice(from, from + MAX_DELIVERIES_PER_HINT);
    hints.push({
      deliveryIds: part.flatMap((row) => (row.orderedConversationId === null ? [row.deliveryId] : [])),
      turns: part.flatMap(({ webhookId, orderedConversationId }) =>
        orderedConversationId === null ? [] : [{ webhookId, conversationId: orderedConversationId }],
      ),
      traceparents: traces.of(part.map(({ eventId }) => eventId)),
    });
  }
  return hints;
}
