import { Injectable } from '@nestjs/common';

/**
 * Far more than events under way at once; an event that is still pending after this many others is no longer traced.
 */
const MAX_REMEMBERED = 50_000;

/** Maps events to their traces, in memory: much later attempts start a new trace. Empty while tracing is off. */
@Injectable()
export class EventTraces {
  private readonly byEventId = new Map<string, string>();

  /** @param traceparent of the step that caused what follows; null: tracing is off */
  remember(eventId: string, traceparent: string | null): void {
    if (traceparent === null) return;
    this.byEventId.set(eventId, traceparent);
    if (this.byEventId.size <= MAX_REMEMBERED) return;
    const [oldest] = this.byEventId.keys();
    if (oldest !== undefined) this.byEventId.delete(oldest);
  }

  /** @returns the `traceparent`, or null when it is not known */
  recall(eventId: string): string | null {
    return this.byEventId.get(eventId) ?? null;
  }

  /** The traces of these events for another process; undefined without any. */
  of(eventIds: Iterable<string>): Record<string, string> | undefined {
    if (this.byEventId.size === 0) return undefined;
    const known: Record<string, string> = {};
    for (const eventId of eventIds) {
      const traceparent = this.byEventId.get(eventId);
      if (traceparent !== undefined) known[eventId] = traceparent;
    }
    return known;
  }
}
