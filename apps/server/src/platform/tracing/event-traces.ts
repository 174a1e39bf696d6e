import { Injectable } from '@nestjs/common';

/** Events on their way at once are far fewer; who is still not delivered after so many others goes on untraced. */
const MAX_REMEMBERED = 50_000;

/**
 * Which trace an event belongs to, while this process has to do with it. Only in memory: an attempt made much later,
 * or after a restart, begins a trace of its own. Empty while tracing is off.
 */
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

  /** What another process has to know of these events; undefined when there is nothing to know. */
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
