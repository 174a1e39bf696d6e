/** Checks who sees callback URLs unmasked, since they contain tokens, and how they are stored. */
import type { Webhook, WebhookPage } from '@im/contracts/api/webhooks';
import type { WebhookRevision } from '@im/contracts/api/webhook-revisions';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { addApiToken } from '../../testing/apps.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { EventSourceReader } from '../../testing/event-source.js';
import { addMember } from '../../testing/tenants.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { SealClearSettingsService } from '../sealed-secrets/seal-clear-settings.service.js';

const PATH_TOKEN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const QUERY_TOKEN = 'of-a-group-robot-9f8e';
/** What a receiver answers is its own, and kept as it came. */
const MOVED_TOKEN = 'of-where-it-has-moved-7c1d';
/** Of a header whose name does not say that it is a credential. */
const HEADER_VALUE = 'b7Kx92QpLm47';

let service: TestService;
let receiver: CallbackReceiver;
let support: ApiClient;
let app: AppUnderTest;
let url: string;
let masked: string;

beforeAll(async () => {
  service = await startTestService();
  receiver = await CallbackReceiver.start();
  support = await addMember(service, 'support');
  url = `${receiver.url}/robot/${PATH_TOKEN}?access_token=${QUERY_TOKEN}&format=json`;
  masked = `${receiver.url}/robot/****?access_token=****&format=json`;
});
beforeEach(async () => {
  receiver.answerWith(200);
  app = await service.addApp();
});
afterAll(async () => {
  await service.stop();
  await receiver.stop();
});

const addWebhook = (override = {}) =>
  app.addWebhook(url, { headers: { 'X-Pole': HEADER_VALUE }, retryPolicy: fixedRetry(1), ...override });

async function urlsSeenBy(client: ApiClient, webhookId: string, deliveryId: string): Promise<unknown[]> {
  const webhook = `${app.base}/webhooks/${webhookId}`;
  const [list] = await client.data<Webhook[]>('GET', `${app.base}/webhooks`);
  const one = await client.data<Webhook>('GET', webhook);
  const [revision] = await client.data<WebhookRevision[]>('GET', `${webhook}/revisions`);
  const delivery = await client.data<{ url: string }>('GET', `${app.base}/deliveries/${deliveryId}`);
  const trace = await client.data<{ webhooks: { url: string }[] }[]>(
    'GET',
    `${app.base}/trace?deliveryId=${deliveryId}`,
  );
  return [list?.url, one.url, revision?.settings.url, delivery.url, trace[0]?.webhooks[0]?.url];
}

describe('a callback URL', () => {
  it('is shown whole to those who configure callbacks, and masked to others', async () => {
    const { webhookId } = await addWebhook();
    const { deliveryId } = await app.deliver();
    const developer = await addMember(service, 'developer');
    const tokenWith = async (...scopes: Parameters<typeof addApiToken>[1]) =>
      service.anonymous.withToken((await addApiToken(service.admin, scopes)).token);
    const writer = await tokenWith('webhooks:read', 'webhooks:write', 'deliveries:read');
    const reader = await tokenWith('webhooks:read', 'deliveries:read');
    for (const client of [service.admin, developer, writer]) {
      expect(await urlsSeenBy(client, webhookId, deliveryId)).toEqual(Array(5).fill(url));
    }
    for (const client of [support, reader]) {
      expect(await urlsSeenBy(client, webhookId, deliveryId)).toEqual(Array(5).fill(masked));
    }
  });

  it('is called whole, with its headers', async () => {
    await addWebhook();
    await app.deliver();
    const { path, headers } = receiver.callbacks.at(-1)!;
    expect(path).toBe(new URL(url).pathname + new URL(url).search);
    expect(headers['x-pole']).toBe(HEADER_VALUE);
  });

  it('is shown to support when it asks, and the audit log says so', async () => {
    const { webhookId } = await addWebhook();
    const answer = await support.data('POST', `${app.base}/webhooks/${webhookId}/url/reveal`, {
      body: { reason: 'ticket 7' },
    });
    expect(answer).toEqual({ url });
    const [entry] = await service.admin.data<unknown[]>('GET', `/audit-log?targetId=${webhookId}`);
    expect(entry).toMatchObject({ action: 'webhook.url_revealed', detail: { reason: 'ticket 7' } });
  });

  it('is not revealed by a receiver that repeats it, whether in the advice or in a redirect', async () => {
    await addWebhook();
    receiver.answerBy((response) =>
      response.writeHead(302, { location: `https://example.com/?access_token=${MOVED_TOKEN}` }).end(),
    );
    const { deliveryId } = await app.deliver();
    receiver.answerWith(404);
    const { deliveryId: lost } = await app.deliver();
    for (const id of [deliveryId, lost]) {
      const seen = [
        await support.call('GET', `${app.base}/deliveries/${id}`),
        await support.call('POST', `${app.base}/deliveries/${id}/reveal`),
        await support.call('GET', `${app.base}/trace?deliveryId=${id}`),
      ];
      for (const { status, text } of seen) {
        expect(status).toBe(200);
        expect(text).not.toContain(PATH_TOKEN);
        expect(text).not.toContain(QUERY_TOKEN);
        expect(text).not.toContain(MOVED_TOKEN);
      }
    }
  });

  it('is never overwritten by its masked form', async () => {
    const { webhookId } = await addWebhook();
    const answer = await app.call('PATCH', `/webhooks/${webhookId}`, {
      body: { url: masked, name: 'other' },
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/url' }] } });
    expect(await app.webhook(webhookId)).toMatchObject({ url });
    expect((await app.call('POST', '/webhooks', { body: { url: masked } })).status).toBe(422);
  });

  it('is not revealed by searching, sorting or paging', async () => {
    await addWebhook();
    await app.addWebhook(`${receiver.url}/robot/${PATH_TOKEN.replace('3f', '9f')}`);
    const found = async (client: ApiClient, q: string) =>
      (await client.data<Webhook[]>('GET', `${app.base}/webhooks?q=${q}`)).length;
    expect(await found(service.admin, PATH_TOKEN.slice(0, 10))).toBe(1);
    for (const guess of [PATH_TOKEN.slice(0, 10), QUERY_TOKEN.slice(0, 8)])
      expect(await found(support, guess)).toBe(0);
    expect(await found(support, 'robot')).toBe(2);
    const page = await support.call('GET', `${app.base}/webhooks?sort=url&limit=1`);
    const cursor = (page.body as WebhookPage).page.nextCursor ?? '';
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain(PATH_TOKEN);
    const next = await support.call('GET', `${app.base}/webhooks?sort=url&limit=1&cursor=${cursor}`);
    expect((next.body as WebhookPage).data).toHaveLength(1);
  });

  it('is masked in what changed, for those who see it masked', async () => {
    const { webhookId } = await addWebhook();
    const before = url;
    const after = `${receiver.url}/robot?key=second`;
    await app.changeWebhook(webhookId, { url: after, headers: { 'X-Pole': 'south' } });
    const changesFor = async (client: ApiClient) => {
      const path = `${app.base}/webhooks/${webhookId}/revisions`;
      const [last] = await client.data<WebhookRevision[]>('GET', path);
      return last?.changes.map((change) => [change.field, change.before, change.after]);
    };
    expect(await changesFor(service.admin)).toEqual([
      ['url', before, after],
      ['headers.X-Pole', 'b7K****', 'south'],
    ]);
    expect(await changesFor(support)).toEqual([
      ['url', masked, `${receiver.url}/robot?key=****`],
      ['headers.X-Pole', '******', '******'],
    ]);
  });

  it('is masked in alerts and in the audit log for everybody, in live streams too', async () => {
    const { webhookId } = await addWebhook();
    const { token } = await addApiToken(service.admin, ['deliveries:read']);
    const live = `${service.url}/api/v1${app.base}/live`;
    const reader = await EventSourceReader.open(live, { authorization: `Bearer ${token}` });
    await reader.next('counters');
    receiver.answerWith(500);
    await app.deliver();
    const alert = await app.alert('delivery_exhausted', { webhookId });
    expect(alert.detail.webhookUrl).toBe(masked);
    const { data } = await reader.next('alert', { rule: 'delivery_exhausted' });
    expect(data.detail).toMatchObject({ webhookUrl: masked });
    reader.close();
    for (const action of ['send-now', 'pause', 'resume', 'disable', 'enable']) {
      await app.client.data('POST', `${app.base}/webhooks/${webhookId}/${action}`, { body: {} });
    }
    await app.call('DELETE', `/webhooks/${webhookId}`);
    const entries = await service.admin.data<{ action: string; detail: object }[]>(
      'GET',
      `/audit-log?targetId=${webhookId}`,
    );
    expect(entries.map(({ action }) => action)).toEqual([
      'webhook.deleted',
      'webhook.updated',
      'webhook.updated',
      'webhook.resumed',
      'webhook.paused',
      'webhook.sent_now',
      'webhook.created',
    ]);
    for (const { detail } of entries) expect(detail).toMatchObject({ url: masked });
  });
});

describe('in the database', () => {
  it('queries of URLs and values of headers are nowhere in clear', async () => {
    const { webhookId } = await addWebhook();
    await app.changeWebhook(webhookId, { name: 'renamed' });
    await app.changeWebhook(webhookId, {
      url: url.replace(QUERY_TOKEN, `${QUERY_TOKEN}-2`),
      headers: { 'X-Pole': `${HEADER_VALUE}-2` },
    });
    receiver.answerWith(500);
    await app.deliver();
    await app.alert('delivery_exhausted', { webhookId });
    expect(await tablesWith(QUERY_TOKEN)).toEqual([]);
    expect(await tablesWith(HEADER_VALUE)).toEqual([]);
  });

  it('what earlier versions left in clear is read as it is, and sealed while the service runs', async () => {
    const { webhookId } = await addWebhook();
    await clear(webhookId);
    expect(await tablesWith(QUERY_TOKEN)).toEqual(
      expect.arrayContaining(['audit_entries', 'webhook_configs', 'webhook_revisions']),
    );
    expect(await app.webhook(webhookId)).toMatchObject({ url, headers: { 'X-Pole': HEADER_VALUE } });
    await app.deliver();
    expect(receiver.callbacks.at(-1)?.path).toContain(QUERY_TOKEN);
    const seal = () => service.app.get(SealClearSettingsService, { strict: false });
    // Interrupted before anything is done, and resumed.
    await seal().run(AbortSignal.abort());
    await seal().run(new AbortController().signal);
    expect(await tablesWith(QUERY_TOKEN)).toEqual([]);
    expect(await tablesWith(HEADER_VALUE)).toEqual([]);
    expect(await app.webhook(webhookId)).toMatchObject({ url, headers: { 'X-Pole': HEADER_VALUE } });
    const revisions = await app.client.data<WebhookRevision[]>(
      'GET',
      `${app.base}/webhooks/${webhookId}/revisions`,
    );
    expect(revisions.at(-1)?.settings.url).toBe(url);
    await app.deliver();
    expect(receiver.callbacks.at(-1)).toMatchObject({ headers: { 'x-pole': HEADER_VALUE } });
    expect(receiver.callbacks.at(-1)?.path).toContain(QUERY_TOKEN);
  });

  it('a change seals a webhook that was left in clear', async () => {
    const { webhookId } = await addWebhook();
    await clear(webhookId);
    await app.changeWebhook(webhookId, { name: 'renamed' });
    expect(await tablesWith(HEADER_VALUE)).toEqual([]);
    expect(await app.webhook(webhookId)).toMatchObject({ url, headers: { 'X-Pole': HEADER_VALUE } });
  });
});

/** As earlier versions wrote it. */
async function clear(webhookId: string): Promise<void> {
  const headers = JSON.stringify({ 'X-Pole': HEADER_VALUE });
  await service.database.query(
    `UPDATE webhook_configs SET url = $2, headers = $3, masked_url = NULL, sealed_settings = NULL WHERE webhook_id = $1`,
    [webhookId, url, headers],
  );
  await service.database.query(
    `UPDATE webhook_revisions SET sealed_settings = NULL, sealed_changes = NULL,
       settings = settings || jsonb_build_object('url', $2::text, 'headers', $3::jsonb)
     WHERE webhook_id = $1`,
    [webhookId, url, headers],
  );
  await service.database.query(
    `UPDATE audit_entries SET detail = jsonb_build_object('url', $2::text) WHERE target_id = $1`,
    [webhookId, url],
  );
}

/** Names of the tables that contain the text. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await service.database.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await service.database.query(
      `SELECT 1 FROM "${name}" t WHERE strpos(t::text, $1) > 0 LIMIT 1`,
      [text],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
