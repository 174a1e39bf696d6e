/**
 * The fast way from a process that accepts to one that delivers: Bull jobs that name fresh deliveries, all those of a
 * commit in one. Rows are the truth; a lost hint is healed by the sweep of the rows.
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

/** A hint names at most as many deliveries, so that workers share a large commit. */
const MAX_DELIVERIES_PER_HINT = 100;
/** Each job only loads rows, attempts are made elsewhere. */
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

  /** Hands hints to the workers, without waiting. While Redis is away or full of them, hints are dropped, not hoarded. */
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
