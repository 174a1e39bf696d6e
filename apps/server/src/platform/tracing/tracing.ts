/** Traces the way of an event, for OpenTelemetry. Unless configured, each call does nothing. */

export type TraceAttributes = Record<string, string | number | boolean>;

/** One step of a trace. */
export interface TraceSpan {
  /**
   * W3C `traceparent` to pass the trace on: as a header of a request, as a field of a job. Null while tracing is off.
   */
  readonly traceparent: string | null;
  set(attributes: TraceAttributes): void;
  /** Marks the step as failed. It still has to be ended. */
  fail(message: string): void;
  end(): void;
}

export interface SpanOptions {
  /** A span, or a `traceparent` from outside. Absent: the current span. Null, or unreadable: a new trace. */
  parent?: TraceSpan | string | null;
  /** `server` answers a request, `client` makes one. */
  kind?: 'internal' | 'server' | 'client';
}

export abstract class Tracing {
  abstract readonly isOn: boolean;

  /**
   * Starts a span; the caller ends it.
   *
   * @param name low in number, such as `delivery.attempt`; ids go into the attributes
   */
  abstract startSpan(name: string, attributes?: TraceAttributes, options?: SpanOptions): TraceSpan;

  /** Runs `work` so that spans it starts, now or later, are children of this one. */
  abstract within<T>(span: TraceSpan, work: () => T): T;

  /** Sends the remaining spans. */
  abstract close(): Promise<void>;
}

const NO_SPAN: TraceSpan = {
  traceparent: null,
  set: () => undefined,
  fail: () => undefined,
  end: () => undefined,
};

/** Tracing that is off. */
export class NoTracing extends Tracing {
  readonly isOn = false;

  startSpan(): TraceSpan {
    return NO_SPAN;
  }

  within<T>(_span: TraceSpan, work: () => T): T {
    return work();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
