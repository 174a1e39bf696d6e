import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OtlpCollector } from '../../testing/otlp-collector.js';
import { Logger } from '../logging/logger.js';
import { OpenTelemetryTracing } from './open-telemetry-tracing.js';
import { NoTracing, type Tracing } from './tracing.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT_ID = 'b7ad6b7169203331';

let collector: OtlpCollector;

beforeEach(async () => {
  collector = await OtlpCollector.start();
});

afterEach(async () => {
  await collector.stop();
});

const openTracing = (sampledShare = 1) =>
  new OpenTelemetryTracing(
    { endpoint: `${collector.endpoint}/`, serviceName: 'callbacks', role: 'worker', sampledShare },
    new Logger('silent'),
  );

/** The spans of the collector after the work is done and tracing closed. */
async function traced(work: (tracing: Tracing) => void | Promise<void>, sampledShare = 1) {
  const tracing = openTracing(sampledShare);
  await work(tracing);
  await tracing.close();
  return collector.spans;
}

describe('tracing that is on', () => {
  it('sends a span with its attributes, its failure and where it comes from', async () => {
    const spans = await traced((tracing) => {
      const span = tracing.startSpan('delivery.attempt', { attempt: 2 }, { kind: 'client' });
      span.set({ status: 503 });
      span.fail('answered 503');
      span.end();
    });
    expect(spans).toMatchObject([
      {
        name: 'delivery.attempt',
        kind: 3,
        parentSpanId: undefined,
        hasFailed: true,
        attributes: { attempt: 2, status: 503 },
        resource: { 'service.name': 'callbacks', 'im_callback.role': 'worker' },
      },
    ]);
  });

  it('makes what runs within a span its child, across awaits', async () => {
    const [child, parent] = await traced(async (tracing) => {
      const outer = tracing.startSpan('outer');
      await tracing.within(outer, async () => {
        await Promise.resolve();
        tracing.startSpan('inner').end();
      });
      outer.end();
    });
    expect(child).toMatchObject({ name: 'inner', traceId: parent?.traceId, parentSpanId: parent?.spanId });
  });

  it('continues a trace from a traceparent, and passes it on in one', async () => {
    let handedOn: string | null = null;
    const [span] = await traced((tracing) => {
      const continued = tracing.startSpan('step', {}, { parent: `00-${TRACE_ID}-${PARENT_ID}-01` });
      handedOn = continued.traceparent;
      continued.end();
    });
    expect(span).toMatchObject({ traceId: TRACE_ID, parentSpanId: PARENT_ID });
    expect(handedOn).toBe(`00-${TRACE_ID}-${span?.spanId}-01`);
  });

  it.each(['', 'nonsense', `00-${'0'.repeat(32)}-${PARENT_ID}-01`, `ff-${TRACE_ID}-${PARENT_ID}-01`])(
    'begins a trace where the traceparent is "%s"',
    async (parent) => {
      const [span] = await traced((tracing) => tracing.startSpan('step', {}, { parent }).end());
      expect(span).toMatchObject({ parentSpanId: undefined });
    },
  );

  it('records only the share that is asked for, and what a caller decided', async () => {
    const spans = await traced((tracing) => {
      tracing.startSpan('not sampled').end();
      tracing.startSpan('sampled by the caller', {}, { parent: `00-${TRACE_ID}-${PARENT_ID}-01` }).end();
    }, 0);
    expect(spans.map(({ name }) => name)).toEqual(['sampled by the caller']);
  });

  it('does not delay a stop when the collector is away', async () => {
    const tracing = openTracing();
    await collector.stop();
    tracing.startSpan('step').end();
    await expect(tracing.close()).resolves.toBeUndefined();
    collector = await OtlpCollector.start();
  });
});

describe('tracing that is off', () => {
  it('has nothing to pass on, and lets the work run', () => {
    const tracing = new NoTracing();
    const span = tracing.startSpan();
    expect(span.traceparent).toBeNull();
    expect(tracing.within(span, () => 7)).toBe(7);
  });
});
