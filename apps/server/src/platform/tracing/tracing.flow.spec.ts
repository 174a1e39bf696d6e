import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApplication } from '../../start-process.js';
import { ApiClient } from '../../testing/api-client.js';
import { AppUnderTest, eventually, fixedRetry } from '../../testing/app-under-test.js';
import { addApp } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { OtlpCollector, type CollectedSpan } from '../../testing/otlp-collector.js';
import { messageSent } from '../../testing/sample-events.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { testEnv } from '../../testing/test-env.js';
import { leaseTestRedis } from '../../testing/test-redis.js';
import { ADMIN_LOGIN, startTestService, type TestService } from '../../testing/test-service.js';

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

const spanNamed = (name: string): Promise<CollectedSpan> =>
  eventually(() => collector.spans.find((span) => span.name === name));

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

  it('an event is followed from the request through the commit to the receiver', async () => {
    const app = await service.addApp();
    const receiver = await CallbackReceiver.start(app.appSecret);
    try {
      await app.addWebhook(receiver.url);
      await app.post(messageSent(), { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` });
      const attempt = await spanNamed('delivery.attempt');
      const commit = await spanNamed('event.commit');
      const request = await spanNamed('POST /api/v1/apps/:appKey/events');
      expect([request, commit, attempt].map(({ traceId }) => traceId)).toEqual([
        TRACE_ID,
        TRACE_ID,
        TRACE_ID,
      ]);
      expect([request, commit, attempt].map(({ parentSpanId }) => parentSpanId)).toEqual([
        PARENT_ID,
        request.spanId,
        commit.spanId,
      ]);
      expect(attempt.attributes).toMatchObject({
        'im_callback.attempt': 1,
        'http.response.status_code': 200,
      });
      const [callback] = receiver.callbacks;
      expect(callback).toMatchObject({
        isSignatureValid: true,
        headers: { traceparent: `00-${TRACE_ID}-${attempt.spanId}-01` },
      });
    } finally {
      await receiver.stop();
    }
  });

  it('a failed attempt says so', async () => {
    const app = await service.addApp();
    await app.addWebhook('http://127.0.0.1:9/', { retryPolicy: fixedRetry(1) });
    await app.post();
    expect(await spanNamed('delivery.attempt')).toMatchObject({ hasFailed: true });
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

it('without a collector a receiver gets no traceparent', async () => {
  const untraced = await startTestService();
  const app = await untraced.addApp();
  const receiver = await CallbackReceiver.start(app.appSecret);
  try {
    await app.addWebhook(receiver.url);
    await app.post(messageSent(), { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` });
    const callback = await eventually(() => receiver.callbacks[0]);
    expect(callback.headers.traceparent).toBeUndefined();
  } finally {
    await receiver.stop();
    await untraced.stop();
  }
});

it('a trace goes on in another process, through the queue', async () => {
  const database = await createTestDatabase();
  const redis = await leaseTestRedis();
  const receiver = await CallbackReceiver.start();
  const env = testEnv({
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    WEBHOOK_ALLOWED_CIDRS: '127.0.0.0/8',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
  });
  const api = await createApplication('api', env);
  const worker = await createApplication('worker', env);
  try {
    for (const process of [api, worker]) await process.listen(0, '127.0.0.1');
    const admin = await new ApiClient(api).logIn(...ADMIN_LOGIN);
    const app = new AppUnderTest(admin, await addApp(admin));
    await app.addWebhook(receiver.url);
    await app.post(messageSent(), { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` });
    const commit = await spanNamed('event.commit');
    expect(commit).toMatchObject({ traceId: TRACE_ID, resource: { 'im_callback.role': 'api' } });
    expect(await spanNamed('delivery.attempt')).toMatchObject({
      traceId: TRACE_ID,
      parentSpanId: commit.spanId,
      resource: { 'im_callback.role': 'worker' },
    });
  } finally {
    for (const process of [worker, api]) await process.close();
    await receiver.stop();
    await redis.release();
    await database.drop();
  }
});
