/**
 * Runs a client and receivers that were written from the document of another webhook API alone, as processes that import
 * nothing of this service.
 */
import type {
  FamiliarDelivery,
  FamiliarDeliveryPage,
  FamiliarStatistics,
} from '@im/contracts/api/familiar-deliveries';
import type {
  FamiliarCreatedWebhook,
  FamiliarListedWebhook,
  FamiliarTestResult,
  FamiliarWebhook,
} from '@im/contracts/api/familiar-webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import {
  runDocumentedClient,
  startDocumentedReceiver,
  type DocumentedReceiver,
} from '../../testing/documented-process.js';
import { startTestService, type TestService } from '../../testing/test-service.js';

const SECRET = 'your-webhook-secret-key';
const author = { name: 'Alice Johnson', email: 'alice@example.com', username: 'alice_dev' };
const build = { build_id: 'build_123', project_id: 'proj_123', project_name: 'My Project', branch: 'main' };
const events = [
  { event: 'build.started', data: build },
  { event: 'build.completed', data: { ...build, commit_sha: 'abc123def456', duration: 120 } },
  { event: 'deployment.completed', data: { ...build, deployment_id: 'deploy_123', author } },
  // The handler of the document reads `error.message`: without it, it answers 500.
  { event: 'build.failed', data: { ...build, status: 'failed' } },
];

let service: TestService;
let app: AppUnderTest;
let express: DocumentedReceiver;
let flask: DocumentedReceiver;
let env: Record<string, string>;
let created: Map<string, unknown[]>;
let observed: Map<string, unknown[]>;
let finished: Map<string, unknown[]>;

beforeAll(async () => {
  service = await startTestService();
  app = new AppUnderTest(service.admin, await addApp(service.admin, { externalId: 'proj_123' }));
  await service.admin.data('POST', '/event-type-packs/trae/install');
  const { token } = await addApiToken(
    service.admin,
    ['webhooks:read', 'webhooks:write', 'deliveries:read', 'deliveries:write'],
    { appKey: app.appKey },
  );
  express = await startDocumentedReceiver('receiver.mjs', SECRET);
  flask = await startDocumentedReceiver('receiver.py', SECRET);
  env = { BASE_URL: service.url, ACCESS_TOKEN: token, RECEIVER_URLS: `${express.url},${flask.url}` };

  created = await runDocumentedClient('create', env);
  for (const event of events) await app.settled((await app.post(event)).eventId);
  observed = await runDocumentedClient('observe', env);
  finished = await runDocumentedClient('finish', env);
}, 120_000);

afterAll(async () => {
  await express.stop();
  await flask.stop();
  await service.stop();
});

function answersOf<T>(steps: Map<string, unknown[]>, step: string): [T, ...T[]] {
  const answers = steps.get(step) as T[] | undefined;
  const [first, ...others] = answers ?? [];
  if (first === undefined) throw new Error(`The client has not come to ${step}`);
  return [first, ...others];
}

describe('a client written from the document', () => {
  it('creates webhooks and gets back what it gave', () => {
    const [webhook] = answersOf<FamiliarCreatedWebhook>(created, 'create');
    expect(webhook).toMatchObject({
      url: express.url,
      events: ['build.completed', 'build.failed', 'deployment.completed', 'deployment.failed'],
      name: 'CI/CD Notifications 0',
      secret: SECRET,
      active: true,
      project_id: 'proj_123',
      headers: { 'X-Custom-Header': 'custom-value', Authorization: 'Bearer your-api-token' },
      timeout: 30,
      stats: {
        total_deliveries: 0,
        successful_deliveries: 0,
        failed_deliveries: 0,
        last_delivery: null,
      },
    });
    expect(webhook.retry_policy).toEqual({
      max_attempts: 3,
      backoff_strategy: 'exponential',
      initial_delay: 1_000,
      max_delay: 60_000,
    });
  });

  it('reads in `message` why it was refused', () => {
    const [message] = answersOf<string>(created, 'create refused');
    expect(message).toMatch(/^\/url /);
  });

  it('lists them with their figures, and reads one without its secret', () => {
    const [webhooks] = answersOf<FamiliarListedWebhook[]>(observed, 'list');
    expect(webhooks.map(({ name }) => name)).toEqual(['CI/CD Notifications 0', 'CI/CD Notifications 1']);
    expect(webhooks.map(({ stats }) => stats.success_rate)).toEqual([66.67, 100]);
    const [webhook] = answersOf<FamiliarWebhook>(observed, 'get');
    expect(webhook.secret).toBe('********');
    expect(webhook.stats).toMatchObject({
      total_deliveries: 3,
      successful_deliveries: 2,
      failed_deliveries: 1,
    });
    expect(webhook.stats.average_response_time).toBeGreaterThanOrEqual(0);
    expect(
      webhook.recent_deliveries.map(({ event_type, status, attempts }) => [event_type, status, attempts]),
    ).toEqual([
      ['build.failed', 'failed', 3],
      ['deployment.completed', 'success', 1],
      ['build.completed', 'success', 1],
    ]);
    expect(webhook.recent_deliveries[0]).toMatchObject({
      response_code: 500,
      error: 'HTTP 500: Internal Server Error',
    });
  });

  it('tests them with a payload that has only some of the fields', () => {
    const [ofExpress, ofFlask] = answersOf<FamiliarTestResult>(observed, 'test');
    // Its handler cannot do without `commit_sha`, and the client is told so.
    expect(ofExpress).toMatchObject({ status: 'failed', response_code: 500, webhook_url: express.url });
    expect(ofFlask).toMatchObject({
      event_type: 'build.completed',
      status: 'success',
      response_code: 200,
      response_body: 'OK',
      attempts: 1,
      webhook_url: flask.url,
    });
  });

  it('reads the history with payloads and answers, and delivers again', () => {
    const [page] = answersOf<FamiliarDeliveryPage>(observed, 'deliveries');
    expect(page).toMatchObject({
      total: 4,
      pagination: { limit: 50, offset: 0, has_more: false },
      stats: { total_deliveries: 3, pending_deliveries: 0, success_rate: 66.67 },
    });
    const [failed] = answersOf<FamiliarDelivery>(observed, 'failed');
    expect(failed).toMatchObject({
      event_type: 'build.failed',
      response_body: 'Internal Server Error',
      next_retry: null,
      payload: { event: 'build.failed', data: { build_id: 'build_123' } },
    });
    expect(answersOf(observed, 'redeliver')[0]).toMatchObject({
      original_delivery_id: failed.delivery_id,
      event_type: 'build.failed',
      status: 'pending',
      webhook_url: express.url,
    });
  });

  it('reads statistics, and knows the healthy webhook from the other one', () => {
    const [stats] = answersOf<FamiliarStatistics>(observed, 'stats');
    expect(stats.period).toBe('day');
    expect(stats.overall_stats.successful_deliveries).toBe(2);
    expect(stats.daily_stats).toHaveLength(1);
    expect(stats.event_type_stats.map(({ event_type }) => event_type)).toEqual([
      'build.completed',
      'build.failed',
      'deployment.completed',
    ]);
    const [ofExpress, ofFlask] = answersOf<{ healthy: boolean; failures: string[] }>(observed, 'health');
    expect([ofExpress.healthy, ofFlask?.healthy]).toEqual([false, true]);
    expect(ofExpress.failures).toContain('build.failed: HTTP 500: Internal Server Error');
  });

  it('tests all of them in a loop', () => {
    expect(answersOf<object[]>(observed, 'test all')[0]).toMatchObject([
      { status: 'success' },
      { status: 'success' },
    ]);
  });

  it('changes and deletes them', () => {
    for (const updated of answersOf(finished, 'update')) {
      expect(updated).toMatchObject({
        events: expect.arrayContaining(['security.alert']) as string[],
        timeout: 45,
        retry_policy: { max_attempts: 5, initial_delay: 2_000, max_delay: 120_000 },
      });
    }
    for (const deleted of answersOf(finished, 'delete')) {
      expect(deleted).toMatchObject({ message: 'Webhook deleted successfully' });
    }
    expect(answersOf(finished, 'list')).toEqual([[]]);
  });
});

describe('receivers written from the document', () => {
  it('verify what they get and handle it (Express)', () => {
    expect(express.lines).toEqual(
      expect.arrayContaining([
        '收到 Webhook 事件: build.completed',
        '构建完成: build_123',
        '发送 Slack 通知: ✅ 构建成功',
        '部署完成: deploy_123',
        '发送邮件通知: 部署成功 - My Project',
        '未处理的事件类型: test.ping',
      ]),
    );
    expect(express.lines).not.toContain('Webhook 签名验证失败');
    expect(express.lines).not.toContain('收到 Webhook 事件: build.started');
  });

  it('verify what they get and handle it (Flask)', () => {
    expect(flask.lines.slice(0, 3)).toEqual([
      'Received event: build.completed',
      'Received event: deployment.completed',
      'Received event: build.failed',
    ]);
    expect(flask.lines).toContain('Received event: test.ping');
  });

  it('refuse what is not signed with the secret', async () => {
    const headers = {
      'x-trae-signature-256': `sha256=${'0'.repeat(64)}`,
      'content-type': 'application/json',
    };
    for (const { url } of [express, flask]) {
      const { status } = await fetch(url, { method: 'POST', headers, body: '{"event":"forged"}' });
      expect(status).toBe(401);
    }
  });
});
