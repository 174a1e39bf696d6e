import type { App, AppSummary } from '@im/contracts/api/apps';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { addTenant } from '../../testing/tenants.js';
import { FoldCountsModule } from '../statistics/fold-counts.module.js';
import { FoldCountsService } from '../statistics/fold-counts.service.js';
import { webhookHealthOf } from '../webhook-configs/health/domain/webhook-health.js';
import { AppSecretsService } from './app-secrets.service.js';
import { AppsModule } from './apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';

const HOUR_MS = 3_600_000;

let api: TestApi;
let admin: ApiClient;

beforeAll(async () => {
  api = await startTestApi([AppsModule, WebhookConfigsModule, FoldCountsModule]);
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
});

afterAll(async () => {
  await api.stop();
});

async function appIdOf(appKey: string): Promise<string> {
  const [row] = await api.database.query<{ app_id: string }>('SELECT app_id FROM apps WHERE app_key = $1', [
    appKey,
  ]);
  return row!.app_id;
}

async function addWebhookRow(appId: string): Promise<string> {
  const webhookId = uuidv7();
  await api.database.query(
    `INSERT INTO webhook_configs (webhook_id, app_id, name, url, is_enabled, events, headers, timeout_ms, retry_policy,
       created_by)
     VALUES ($1, $2, 'orders', 'https://example.com', true, '{}', '{}', 1000, '{}', 'admin@example.com')`,
    [webhookId, appId],
  );
  return webhookId;
}

/** Deliveries of one event name, created some time ago. */
async function addStats(webhookId: string, hoursAgo: number, event: string): Promise<void> {
  await api.database.query(
    `INSERT INTO count_deltas (webhook_id, bucket_at, event, total, succeeded, failed, retried, due, delivered)
     VALUES ($1, $2, $3, 10, 6, 2, 4, 9, 6)`,
    [webhookId, new Date(Date.now() - hoursAgo * HOUR_MS), event],
  );
}

async function addHealth(
  webhookId: string,
  { isPaused, consecutiveFailures }: { isPaused: boolean; consecutiveFailures: number },
): Promise<void> {
  await api.database.query(
    `INSERT INTO webhook_health (webhook_id, consecutive_failures, paused_at, probe_at)
     VALUES ($1, $2, CASE WHEN $3 THEN now() END, CASE WHEN $3 THEN now() END)
     ON CONFLICT (webhook_id) DO UPDATE SET consecutive_failures = $2, paused_at = excluded.paused_at,
       probe_at = excluded.probe_at`,
    [webhookId, consecutiveFailures, isPaused],
  );
}

async function addAlert(appId: string, webhookId: string, rule: string, status: string): Promise<void> {
  await api.database.query(
    `INSERT INTO alerts (alert_id, app_id, webhook_id, rule, severity, status, detail, opened_at)
     VALUES ($1, $2, $3, $4, 'warning', $5, '{}', now())`,
    [uuidv7(), appId, webhookId, rule, status],
  );
}

async function addPendingDelivery(appId: string, webhookId: string): Promise<string> {
  const deliveryId = uuidv7();
  await api.database.query(
    `INSERT INTO pending_deliveries (delivery_id, callback_id, event_id, webhook_id, app_id, event, kind, max_attempts,
       next_attempt_at, claimable_at, created_at)
     VALUES ($1, $1, $1, $2, $3, 'message.sent', 'event', 3, now(), now() + interval '1 hour', now())`,
    [deliveryId, webhookId, appId],
  );
  return deliveryId;
}

describe('an app', () => {
  it('is made with a key, and a secret that later answers leave out', async () => {
    const { appSecret, ...app } = await addApp(admin, { description: 'Our chat' });
    expect(app.appKey).toMatch(/^ak_[a-z2-7]{20}$/);
    expect(appSecret).toMatch(/^as_[\w-]{43}$/);
    expect(await admin.data('GET', `/apps/${app.appKey}`)).toEqual(app);
    expect((await admin.call('GET', '/apps')).text).not.toContain('as_');
  });

  it('has its secret sealed in the database, and opened for signing', async () => {
    const { appKey, appSecret } = await addApp(admin);
    const rows = await api.database.query<{ secret_ciphertext: Buffer }>(
      'SELECT secret_ciphertext FROM apps WHERE app_key = $1',
      [appKey],
    );
    expect(rows[0]!.secret_ciphertext.toString('latin1')).not.toContain(appSecret.slice(3));
    const appId = await appIdOf(appKey);
    const secrets = api.app.get(AppSecretsService);
    expect(await secrets.keysOf(appId)).toEqual({ current: appSecret, next: null, previous: null });
    expect(await secrets.keysOf(uuidv7())).toBeUndefined();
  });

  it('has its secret revealed only together with an audit entry', async () => {
    const { appKey, appSecret } = await addApp(admin);
    expect(await admin.data('POST', `/apps/${appKey}/secret/reveal`)).toEqual({
      appSecret,
      standardWebhooksSecret: `whsec_${Buffer.from(appSecret).toString('base64')}`,
    });
    const entries = await admin.data<{ action: string }[]>('GET', `/audit-log?appKey=${appKey}`);
    expect(entries.map((entry) => entry.action)).toEqual(['app.secret_revealed', 'app.created']);
    expect(JSON.stringify(entries)).not.toContain(appSecret);
  });

  it('is changed field by field', async () => {
    const { appKey } = await addApp(admin, { description: 'Our chat' });
    const changed = await admin.data<App>('PATCH', `/apps/${appKey}`, { body: { name: 'Chat 2' } });
    expect(changed).toMatchObject({
      name: 'Chat 2',
      packageName: 'com.example.chat',
      description: 'Our chat',
    });
    const emptied = await admin.data<App>('PATCH', `/apps/${appKey}`, { body: { description: '' } });
    expect(emptied.description).toBe('');
    expect(await admin.data('PATCH', `/apps/${appKey}`, { body: {} })).toEqual(emptied);
  });

  it.each([
    ['no name', { name: ' ' }, '/name'],
    ['no package name', { packageName: 'two words' }, '/packageName'],
    ['an unknown field', { secret: 'x' }, '/secret'],
    ['a NUL character', { name: 'a\u0000' }, '/name'],
  ])('is refused with %s', async (_, override, pointer) => {
    const body = { name: 'Chat', packageName: 'com.example.chat', ...override };
    const answer = await admin.call('POST', '/apps', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid_input', errors: [{ pointer }] });
  });

  it('keeps its events and its log for its own retention, and by default for that of the service', async () => {
    const { appKey, retention } = await addApp(admin);
    expect(retention).toEqual({ eventsDays: null, logsDays: null });
    const change = (body: object) =>
      admin.data<App>('PATCH', `/apps/${appKey}`, { body: { retention: body } });
    expect((await change({ eventsDays: 7, logsDays: 90 })).retention).toEqual({
      eventsDays: 7,
      logsDays: 90,
    });
    expect((await change({ logsDays: null })).retention).toEqual({ eventsDays: 7, logsDays: null });
    expect((await admin.data<App>('GET', `/apps/${appKey}`)).retention).toEqual({
      eventsDays: 7,
      logsDays: null,
    });
  });

  it.each([
    ['events for longer than the service', { eventsDays: 31 }, '/retention/eventsDays'],
    ['its log for longer than the service', { logsDays: 91 }, '/retention/logsDays'],
    ['nothing at all', { eventsDays: 0 }, '/retention/eventsDays'],
    ['something unheard of', { payloads: 3 }, '/retention/payloads'],
  ])('cannot be set to keep %s', async (_what, retention, pointer) => {
    const { appKey } = await addApp(admin);
    for (const [method, path, rest] of [
      ['PATCH', `/apps/${appKey}`, {}],
      ['POST', '/apps', { name: 'Chat', packageName: 'com.example.chat' }],
    ] as const) {
      const answer = await admin.call(method, path, { body: { ...rest, retention } });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ errors: [{ pointer }] });
    }
  });

  it('disappears with its webhooks when deleted, and what was waiting is canceled', async () => {
    const { appKey } = await addApp(admin);
    const appId = await appIdOf(appKey);
    const webhookId = await addWebhookRow(appId);
    const deliveryId = await addPendingDelivery(appId, webhookId);
    expect((await admin.call('DELETE', `/apps/${appKey}`)).status).toBe(204);
    expect((await admin.call('GET', `/apps/${appKey}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/apps/${appKey}`)).status).toBe(404);
    expect((await admin.call('GET', '/apps?limit=200')).text).not.toContain(appKey);
    const deliveries = await api.database.query(
      'SELECT status, next_attempt_at, completed_at IS NOT NULL AS "isOver" FROM delivery_log WHERE delivery_id = $1',
      [deliveryId],
    );
    expect(deliveries).toEqual([{ status: 'canceled', next_attempt_at: null, isOver: true }]);
    const webhooks = await api.database.query(
      'SELECT 1 FROM webhook_configs WHERE webhook_id = $1 AND deleted_at IS NULL',
      [webhookId],
    );
    expect(webhooks).toEqual([]);
  });
});

describe('the external id of an app', () => {
  it('stands for the AppKey in paths, within the tenant', async () => {
    const { appKey } = await addApp(admin, { externalId: 'proj:1' });
    expect(await admin.data('GET', '/apps/ext:proj:1')).toMatchObject({ appKey, externalId: 'proj:1' });
    const { admin: stranger } = await addTenant(api, 'stranger-of-ids@example.com');
    expect((await stranger.call('GET', '/apps/ext:proj:1')).status).toBe(404);
    expect((await addApp(stranger, { externalId: 'proj:1' })).externalId).toBe('proj:1');
  });

  it('is one app’s only: another one is refused with 409, until the first gives it up', async () => {
    const first = await addApp(admin, { externalId: 'proj:2' });
    const second = await addApp(admin);
    const claim = { body: { externalId: 'proj:2' } };
    const create = { body: { name: 'Chat', packageName: 'com.example.chat', externalId: 'proj:2' } };
    expect((await admin.call('POST', '/apps', create)).status).toBe(409);
    expect((await admin.call('PATCH', `/apps/${second.appKey}`, claim)).status).toBe(409);
    const freed = await admin.data('PATCH', `/apps/${first.appKey}`, { body: { externalId: null } });
    expect(freed).toMatchObject({ externalId: null });
    expect((await admin.call('PATCH', `/apps/${second.appKey}`, claim)).status).toBe(200);
    await admin.call('DELETE', `/apps/${second.appKey}`);
    expect((await admin.call('GET', '/apps/ext:proj:2')).status).toBe(404);
    expect((await admin.call('POST', '/apps', create)).status).toBe(201);
  });

  it.each(['a/b', 'a b', 'x'.repeat(101)])('may not be %j', async (externalId) => {
    const answer = await admin.call('POST', '/apps', {
      body: { name: 'Chat', packageName: 'com.example.chat', externalId },
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/externalId' }] } });
  });
});

describe('the list of apps', () => {
  it('shows webhooks, open alerts and the last day of each', async () => {
    const { appKey } = await addApp(admin);
    const appId = await appIdOf(appKey);
    const first = await addWebhookRow(appId);
    const second = await addWebhookRow(appId);
    await addStats(first, 1, 'message.sent');
    await addStats(first, 1, 'message.read');
    await addStats(second, 22, 'message.sent');
    await addStats(second, 26, 'message.sent');
    await addAlert(appId, first, 'consecutive_failures', 'open');
    await addAlert(appId, first, 'delivery_exhausted', 'acknowledged');
    await addAlert(appId, second, 'delivery_exhausted', 'resolved');
    const expected = {
      appKey,
      webhookCount: 2,
      openAlertCount: 2,
      incidentCount: 1,
      last24Hours: {
        ...{ total: 30, succeeded: 18, failed: 6, attempts: 36 },
        ...{ attemptSuccessRate: 0.5, deliveredRate: 2 / 3, successRate: 2 / 3 },
      },
      webhookHealth: { worst: 'healthy', unwell: 0, pending: 8 },
    };
    expect((await admin.data<AppSummary[]>('GET', '/apps?limit=1'))[0]).toMatchObject(expected);
    await api.app.get(FoldCountsService).fold();
    expect((await admin.data<AppSummary[]>('GET', '/apps?limit=1'))[0]).toMatchObject(expected);
  });

  it('has no success rate where nothing was delivered', async () => {
    await addApp(admin);
    const [newest] = await admin.data<AppSummary[]>('GET', '/apps?limit=1');
    expect(newest!.last24Hours).toEqual({
      ...{ total: 0, succeeded: 0, failed: 0, attempts: 0 },
      ...{ attemptSuccessRate: null, deliveredRate: null, successRate: null },
    });
    expect(newest!.webhookHealth).toEqual({ worst: null, unwell: 0, pending: 0 });
  });

  it.each([
    [{ isEnabled: true, isPaused: false, consecutiveFailures: 0 }, null, 1],
    [{ isEnabled: true, isPaused: false, consecutiveFailures: 1 }, null, 1],
    [{ isEnabled: true, isPaused: false, consecutiveFailures: 10 }, null, 1],
    [{ isEnabled: true, isPaused: true, consecutiveFailures: 10 }, null, 1],
    [{ isEnabled: true, isPaused: true, consecutiveFailures: 10 }, null, 2],
    [{ isEnabled: false, isPaused: false, consecutiveFailures: 3 }, 'gone', 0],
    [{ isEnabled: false, isPaused: true, consecutiveFailures: 30 }, 'failing', 2],
  ] as const)(
    'names the health of the webhook that is worst off: %j, %s, %i waiting',
    async (facts, reason, pending) => {
      const { appKey } = await addApp(admin);
      const appId = await appIdOf(appKey);
      await addWebhookRow(appId);
      const webhookId = await addWebhookRow(appId);
      await api.database.query(
        'UPDATE webhook_configs SET is_enabled = $2, disabled_reason = $3 WHERE webhook_id = $1',
        [webhookId, facts.isEnabled, reason],
      );
      await addHealth(webhookId, facts);
      await api.database.query(
        `INSERT INTO count_deltas (webhook_id, bucket_at, event, total) VALUES ($1, now(), 'message.sent', $2)`,
        [webhookId, pending],
      );
      const [newest] = await admin.data<AppSummary[]>('GET', '/apps?limit=1');
      const worst = webhookHealthOf({ ...facts, pending });
      expect(newest!.webhookHealth).toEqual({ worst, unwell: worst === 'healthy' ? 0 : 1, pending });
    },
  );

  it('leaves out what a person disabled, and what is deleted', async () => {
    const { appKey } = await addApp(admin);
    const appId = await appIdOf(appKey);
    const [off, gone] = [await addWebhookRow(appId), await addWebhookRow(appId)];
    for (const each of [off, gone]) await addHealth(each, { isPaused: true, consecutiveFailures: 20 });
    await api.database.query(
      `UPDATE webhook_configs SET is_enabled = false, disabled_reason = 'by_person' WHERE webhook_id = $1`,
      [off],
    );
    await api.database.query('UPDATE webhook_configs SET deleted_at = now() WHERE webhook_id = $1', [gone]);
    const [newest] = await admin.data<AppSummary[]>('GET', '/apps?limit=1');
    expect(newest!.webhookHealth).toEqual({ worst: null, unwell: 0, pending: 0 });
  });

  it('goes from the newest to the oldest, page by page, each once', async () => {
    for (const name of ['A', 'B', 'C']) await addApp(admin, { name });
    const all = await admin.data<AppSummary[]>('GET', '/apps?limit=200');
    expect(all.slice(0, 3).map((app) => app.name)).toEqual(['C', 'B', 'A']);
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await admin.call('GET', `/apps?limit=2${cursor && `&cursor=${cursor}`}`);
      const page = answer.body as { data: AppSummary[]; page: { nextCursor: string | null } };
      seen.push(...page.data.map((app) => app.appKey));
      cursor = page.page.nextCursor;
    }
    expect(seen).toEqual(all.map((app) => app.appKey));
  });
});

describe('who may do what with apps', () => {
  it.each([
    ['developer', { list: 200, create: 403, change: 403, remove: 403, reveal: 200 }],
    ['support', { list: 200, create: 403, change: 403, remove: 403, reveal: 403 }],
  ])('a %s', async (role, expected) => {
    const { appKey } = await addApp(admin);
    const email = `${role}@example.com`;
    const member = await admin.data<MemberWithPassword>('POST', '/members', { body: { email, role } });
    const client = await api.anonymous.logIn(email, member.temporaryPassword!);
    const body = { name: 'Chat', packageName: 'com.example.chat' };
    expect({
      list: (await client.call('GET', '/apps')).status,
      create: (await client.call('POST', '/apps', { body })).status,
      change: (await client.call('PATCH', `/apps/${appKey}`, { body })).status,
      remove: (await client.call('DELETE', `/apps/${appKey}`)).status,
      reveal: (await client.call('POST', `/apps/${appKey}/secret/reveal`)).status,
    }).toEqual(expected);
  });

  it('no member of another tenant', async () => {
    const other = await addTenant(api, 'stranger@example.org');
    const { appKey } = await addApp(admin);
    expect(await other.admin.data('GET', '/apps')).toEqual([]);
    expect((await other.admin.call('GET', `/apps/${appKey}`)).status).toBe(404);
    expect((await other.admin.call('PATCH', `/apps/${appKey}`, { body: { name: 'x' } })).status).toBe(404);
    expect((await other.admin.call('DELETE', `/apps/${appKey}`)).status).toBe(404);
    expect((await other.admin.call('POST', `/apps/${appKey}/secret/reveal`)).status).toBe(404);
    expect(await other.admin.data('GET', '/audit-log?action=app.created')).toEqual([]);
    expect((await admin.call('GET', `/apps/${appKey}`)).status).toBe(200);
  });
});
