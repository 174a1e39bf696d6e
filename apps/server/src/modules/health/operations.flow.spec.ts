/** Checks health, readiness and metrics of every process. */
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/app-under-test.js';
import { startServerProcess } from '../../testing/server-process.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { leaseTestRedis } from '../../testing/test-redis.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function start(overrides: Record<string, string> = {}): Promise<TestService> {
  const service = await startTestService(overrides);
  stops.push(service.stop);
  return service;
}

/** The number a series has, or undefined when the scrape does not show it. */
async function scraped(url: string, series: string): Promise<number | undefined> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

describe('GET /metrics', () => {
  it('shows the state of the service in the format of Prometheus', async () => {
    const { url, addApp } = await start();
    const app = await addApp();
    await app.addWebhook('http://127.0.0.1:9/');
    const response = await fetch(`${url}/metrics`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    for (const line of [
      'im_callback_dependency_up{dependency="postgresql"} 1',
      'im_callback_dependency_up{dependency="redis"} 1',
      'im_callback_webhooks{health="healthy"} 1',
      'im_callback_pending_deliveries 0',
      'im_callback_database_pool_limit 10',
      'im_callback_database_pool_waiting 0',
      'im_callback_queue_depth{queue="alerts",state="waiting"} 0',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
  });

  it('counts requests by their route, never by what a caller wrote', async () => {
    const { url, addApp } = await start();
    const { appKey } = await addApp();
    await fetch(`${url}/api/v1/apps/${appKey}/webhooks`);
    await fetch(`${url}/api/v1/no/such/thing?secret=1`);
    const name = 'im_callback_http_request_duration_seconds_count';
    await eventually(async () => {
      const route = '/api/v1/apps/:appKey/webhooks';
      return (await scraped(url, `${name}{method="GET",route="${route}",status="401"}`)) === 1;
    });
    expect(await scraped(url, `${name}{method="GET",route="none",status="404"}`)).toBe(1);
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).not.toContain(appKey);
    expect(text).not.toContain('secret=1');
    expect(text).not.toContain('no/such');
  });

  it.each([
    ['no token', 401, {}],
    ['another token', 401, { authorization: 'Bearer another-token-of-the-same-length' }],
    ['the token', 200, { authorization: 'Bearer prometheus-may-read-this-here' }],
  ])('with METRICS_TOKEN set and %s answers %i', async (_what, status, headers) => {
    const { url } = await start({ METRICS_TOKEN: 'prometheus-may-read-this-here' });
    const response = await fetch(`${url}/metrics`, { headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect((await response.text()).includes('im_callback_process_info')).toBe(status === 200);
  });
});

it('a worker serves health checks and metrics, and nothing else', async () => {
  const database = await createTestDatabase();
  stops.push(database.drop);
  const redis = await leaseTestRedis();
  stops.push(redis.release);
  const worker = await startServerProcess('worker', {
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redis.redisUrl,
    SECRETS_KEY: Buffer.alloc(32, 1).toString('base64'),
  });
  stops.push(() => worker.stop('SIGTERM'));
  expect(await scraped(worker.url, 'im_callback_process_info{role="worker"}')).toBe(1);
  await eventually(async () => {
    const ready = await (await fetch(`${worker.url}/readyz`)).json();
    return (ready as { queue: string }).queue === 'ok';
  });
  expect((await fetch(`${worker.url}/api/v1/auth/session`)).status).toBe(404);
});

it('without Redis the service is ready anyway, and says that the queue is away', async () => {
  const { url } = await start({ REDIS_URL: 'redis://127.0.0.1:1' });
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
    status: 'ok',
    database: 'ok',
    queue: 'unavailable',
  });
  expect(await scraped(url, 'im_callback_dependency_up{dependency="redis"}')).toBe(0);
  expect(await scraped(url, 'im_callback_queue_depth{queue="alerts",state="waiting"}')).toBeUndefined();
});
