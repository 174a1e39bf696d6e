import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/app-under-test.js';
import { OtlpCollector, type CollectedSpan } from '../../testing/otlp-collector.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT_ID = 'b7ad6b7169203331';

let collector: OtlpCollector;
let service: TestService;

beforeEach(async () => {
  collector = await OtlpCollector.start();
  service = await startTestService({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    OTEL_SERVICE_NAME: 'callbacks-of-a-test',
  });
});

afterEach(async () => {
  await service.stop();
  await collector.stop();
});

const spanOf = (traceId: string): Promise<CollectedSpan> =>
  eventually(() => collector.spans.find((span) => span.traceId === traceId));

describe('with a collector configured', () => {
  it('a request is a span of its caller’s trace, named by its route', async () => {
    const response = await fetch(`${service.url}/api/v1/apps/ak_unknown`, {
      headers: { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01`, 'x-request-id': 'from-a-test' },
    });
    expect(response.status).toBe(401);
    expect(await spanOf(TRACE_ID)).toMatchObject({
      name: 'GET /api/v1/apps/:appKey',
      parentSpanId: PARENT_ID,
      hasFailed: false,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/apps/:appKey',
        'http.response.status_code': 401,
        'im_callback.request_id': 'from-a-test',
      },
      resource: { 'service.name': 'callbacks-of-a-test', 'im_callback.role': 'all' },
    });
  });

  it('a caller that does not want its trace recorded is listened to', async () => {
    await fetch(`${service.url}/healthz`, { headers: { traceparent: `00-${TRACE_ID}-${PARENT_ID}-00` } });
    await fetch(`${service.url}/healthz`, {
      headers: { traceparent: `00-${TRACE_ID.replace('0af', '1af')}-${PARENT_ID}-01` },
    });
    await spanOf(TRACE_ID.replace('0af', '1af'));
    expect(collector.spans.filter(({ traceId }) => traceId === TRACE_ID)).toEqual([]);
  });
});
