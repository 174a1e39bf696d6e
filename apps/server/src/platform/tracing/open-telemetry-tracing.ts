/** Implements tracing with OpenTelemetry. Loaded only when on: nothing else may import it, or the SDK, at start. */
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from '../logging/logger.js';
import { Tracing, type SpanOptions, type TraceAttributes, type TraceSpan } from './tracing.js';

export interface TracingSettings {
  /** Base URL of the collector, without `/v1/traces`. */
  endpoint: string;
  serviceName: string;
  role: string;
  /** Share of the traces begun here that is recorded, 0 to 1. */
  sampledShare: number;
}

const EXPORT_EVERY_MS = 1_000;
const EXPORT_WITHIN_MS = 3_000;
/** At most some MB; while the collector is away the rest is dropped. */
const SPANS_KEPT = 16_384;
const SPANS_PER_EXPORT = 1_024;
/** A stop does not wait longer for the last spans. */
const LAST_EXPORT_WITHIN_MS = 1_000;

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

export class OpenTelemetryTracing extends Tracing {
  readonly isOn = true;
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  private readonly current = new AsyncLocalStorage<RecordedSpan>();

  constructor(settings: TracingSettings, logger: Logger) {
    super();
    const complain = (message: string): void => {
      logger.warn('tracing.failed', { message });
    };
    const ignore = (): void => undefined;
    diag.setLogger(
      { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
      { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
    this.provider = createProvider(settings);
    this.tracer = this.provider.getTracer('im-callback');
  }

  startSpan(name: string, attributes: TraceAttributes = {}, options: SpanOptions = {}): TraceSpan {
    const { kind = 'internal', parent = this.current.getStore() ?? null } = options;
    return new RecordedSpan(
      this.tracer.startSpan(name, { kind: KINDS[kind], attributes }, contextOf(parent)),
    );
  }

  within<T>(span: TraceSpan, work: () => T): T {
    return span instanceof RecordedSpan ? this.current.run(span, work) : work();
  }

  /** Sends the remaining spans, as far as the collector accepts them in time. */
  async close(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LAST_EXPORT_WITHIN_MS);
    });
    await Promise.race([this.provider.shutdown().catch(() => undefined), tooLate]);
    clearTimeout(timer);
  }
}

class RecordedSpan implements TraceSpan {
  constructor(readonly span: Span) {}

  get traceparent(): string {
    const { traceId, spanId, traceFlags } = this.span.spanContext();
    return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
  }

  set(attributes: TraceAttributes): void {
    this.span.setAttributes(attributes);
  }

  fail(message: string): void {
    this.span.setStatus({ code: SpanStatusCode.ERROR, message });
  }

  end(): void {
    this.span.end();
  }
}

function createProvider({ endpoint, serviceName, role, sampledShare }: TracingSettings): TracerProvider {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const attributes = { 'service.name': serviceName, 'im_callback.role': role };
  return new TracerProvider({
    resource: defaultResource().merge(resourceFromAttributes(attributes)),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampledShare) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, timeoutMillis: EXPORT_WITHIN_MS }),
        scheduledDelayMillis: EXPORT_EVERY_MS,
        maxQueueSize: SPANS_KEPT,
        maxExportBatchSize: SPANS_PER_EXPORT,
      }),
    ],
  });
}

function contextOf(parent: TraceSpan | string | null): Context {
  if (parent instanceof RecordedSpan) return trace.setSpan(ROOT_CONTEXT, parent.span);
  const foreign = typeof parent === 'string' ? parseTraceParent(parent) : null;
  return foreign ? trace.setSpanContext(ROOT_CONTEXT, { ...foreign, isRemote: true }) : ROOT_CONTEXT;
}
