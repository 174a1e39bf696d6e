import { Counter, type Registry } from '@prometheus-io/client';

/** Counts the outcomes of ingested events, after the commit, so that a counter is never ahead of the rows. */
export class EventMetrics {
  private readonly acceptedCount;
  private readonly duplicateCount;
  private readonly rejectedCount;

  constructor(registry: Registry) {
    const events = new Counter({
      name: 'im_callback_events_total',
      help: 'Events received: accepted (stored now), duplicate (stored before), rejected (invalid, or refused for another reason)',
      labelNames: ['result'],
      registers: [registry],
    });
    this.acceptedCount = events.labels('accepted');
    this.duplicateCount = events.labels('duplicate');
    this.rejectedCount = events.labels('rejected');
    for (const count of [this.acceptedCount, this.duplicateCount, this.rejectedCount]) count.inc(0);
  }

  /** Events stored by a commit. */
  accepted(count: number): void {
    this.acceptedCount.inc(count);
  }

  /** Events answered from their idempotency key; nothing was stored. */
  duplicate(count: number): void {
    this.duplicateCount.inc(count);
  }

  /** Events answered with an error: not valid, another event's id, backpressure. */
  rejected(count: number): void {
    this.rejectedCount.inc(count);
  }
}
