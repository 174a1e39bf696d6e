/** Opens portal links as a customer's developer: what they show, what they hide, and when they end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AuditEntry } from '@im/contracts/api/audit';
import type { Page } from '@im/contracts/api/common';
import type { Delivery, DeliveryDetail } from '@im/contracts/api/deliveries';
import type { CreatedPortalLink, PortalLink, PortalSession } from '@im/contracts/api/portal-links';
import type { Webhook } from '@im/contracts/api/webhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../platform/clock/clock.js';
import type { ApiClient } from '../../testing/api-client.js';
import { fixedRetry, type AppUnderTest } from '../../testing/app-under-test.js';
import { CallbackReceiver } from '../../testing/callback-receiver.js';
import { addPortalLink, openPortal } from '../../testing/portal.js';
import { messageSent } from '../../testing/sample-events.js';
import { startTestService, type TestService } from '../../testing/test-service.js';
import { RemoveExpiredLinksService } from './remove-expired-links.service.js';

const SECRET = 'meet-me-at-noon';
const URL_TOKEN = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const MESSAGE_ID = 'm-of-both';
const DAY_MS = 86_400_000;

let consoleFolder: string;
let service: TestService;
let app: AppUnderTest;
let receiver: CallbackReceiver;
/** Of the link. */
let shown: Webhook;
let hidden: Webhook;
/** Of one event, which went to both webhooks. */
let eventId: string;
let shownDelivery: DeliveryDetail;
let hiddenDelivery: DeliveryDetail;

beforeAll(async () => {
  consoleFolder = await mkdtemp(path.join(tmpdir(), 'portal-'));
  await writeFile(path.join(consoleFolder, 'index.html'), '<!doctype html><div id="app"></div>');
  service = await startTestService({ CONSOLE_DIR: consoleFolder });
  app = await service.addApp();
  receiver = await CallbackReceiver.start(app.appSecret);
  receiver.answerBy((response) => response.writeHead(500).end(SECRET));
  const settings = { retryPolicy: fixedRetry(1), headers: { 'X-Key': SECRET } };
  shown = await app.addWebhook(`${receiver.url}/${URL_TOKEN}`, { ...settings, name: 'Shown' });
  hidden = await app.addWebhook(`${receiver.url}/other`, { ...settings, name: 'Hidden' });
  ({ eventId } = await app.post(
    messageSent({ messageId: MESSAGE_ID, text: SECRET, senderId: 'user-of-theirs' }),
  ));
  const deliveries = await app.settled(eventId);
  shownDelivery = deliveries.find(({ webhookId }) => webhookId === shown.webhookId)!;
  hiddenDelivery = deliveries.find(({ webhookId }) => webhookId === hidden.webhookId)!;
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await receiver.stop();
  await service.stop();
  await rm(consoleFolder, { recursive: true });
});

/** A client with a link to the shown webhook. */
async function opened(permissions = ['read'], override: Record<string, unknown> = {}): Promise<ApiClient> {
  const link = await addPortalLink(app, { webhookIds: [shown.webhookId], permissions, ...override });
  return openPortal(service.anonymous, link);
}

function idsOf({ body }: { body: unknown }): string[] {
  return (body as Page<Delivery>).data.map(({ deliveryId }) => deliveryId);
}

function passMs(ms: number): void {
  const clock = service.app.get(Clock);
  const nowMs = clock.nowMs.bind(clock);
  vi.spyOn(clock, 'nowMs').mockImplementation(() => nowMs() + ms);
}

describe('what a link shows', () => {
  it('names its webhooks with masked URLs, and whose app it is', async () => {
    const { token } = await addPortalLink(app, { webhookIds: [shown.webhookId] });
    const session = await service.anonymous.data<PortalSession>('POST', '/portal/session', {
      body: { token },
    });
    expect(session).toMatchObject({ appKey: app.appKey, appName: 'Chat', permissions: ['read'] });
    expect(session.webhooks).toEqual([
      {
        webhookId: shown.webhookId,
        name: 'Shown',
        url: expect.stringContaining('****') as string,
        enabled: true,
      },
    ]);
  });

  it.each([
    '',
    '/deliveries?limit=1',
    `/deliveries?q=${MESSAGE_ID}`,
    `/deliveries?messageId=${MESSAGE_ID}&limit=1`,
    '/deliveries?event=message.*',
    '/deliveries?status=failed&responseStatus=500',
    '/deliveries?q=message.',
  ])('lists only deliveries of its webhooks: %s', async (query) => {
    const client = await opened();
    const answer = await client.call('GET', app.base + (query || '/deliveries'));
    expect(idsOf(answer)).toEqual([shownDelivery.deliveryId]);
    expect(answer.body).toMatchObject({ page: { nextCursor: null } });
  });

  it('finds nothing of other webhooks by any id', async () => {
    const client = await opened();
    const list = (query: string) => client.call('GET', `${app.base}/deliveries${query}`);
    const { deliveryId, callbackId, webhookId } = hiddenDelivery;
    expect(idsOf(await list(`?q=${eventId}`))).toEqual([shownDelivery.deliveryId]);
    for (const query of [
      `?q=${deliveryId}`,
      `?q=${callbackId}`,
      `?callbackId=${callbackId}`,
      `?originalDeliveryId=${deliveryId}`,
    ]) {
      expect(idsOf(await list(query))).toEqual([]);
    }
    expect((await client.call('GET', `${app.base}/webhooks/${webhookId}/deliveries`)).status).toBe(404);
    expect((await client.call('GET', `${app.base}/webhooks/${webhookId}`)).status).toBe(404);
    expect((await client.call('GET', `${app.base}/deliveries/${deliveryId}`)).status).toBe(404);
    const { data } = (await client.call('GET', `${app.base}/webhooks`)).body as Page<Webhook>;
    expect(data.map((webhook) => webhook.webhookId)).toEqual([shown.webhookId]);
  });

  it('shows all webhooks of the app, later ones too, where it names none', async () => {
    const link = await addPortalLink(app);
    const client = await openPortal(service.anonymous, link);
    expect(idsOf(await client.call('GET', `${app.base}/deliveries?eventId=${eventId}`))).toHaveLength(2);
    expect(link.webhookIds).toBeNull();
  });

  it('masks content, users, URLs, credentials and members', async () => {
    const client = await opened();
    const { body, text } = await client.call('GET', `${app.base}/deliveries/${shownDelivery.deliveryId}`);
    expect(body).toMatchObject({ data: { isContentMasked: true, receivedFrom: null } });
    const webhook = await client.call('GET', `${app.base}/webhooks/${shown.webhookId}`);
    for (const answer of [text, webhook.text, (await client.call('GET', `${app.base}/webhooks`)).text]) {
      for (const mine of [SECRET, URL_TOKEN, 'user-of-theirs', 'single_u1_u2', 'admin@example.com']) {
        expect(answer).not.toContain(mine);
      }
    }
    expect(text).toContain(MESSAGE_ID);
  });

  it('lists neither messages nor conversations nor receivers', async () => {
    const client = await opened(['read', 'content']);
    for (const path of ['/deliveries', `/webhooks/${shown.webhookId}/deliveries`]) {
      const { body } = await client.call('GET', app.base + path);
      const [delivery] = (body as Page<Delivery>).data;
      for (const name of ['messageId', 'conversationId', 'receiverId'])
        expect(delivery).not.toHaveProperty(name);
    }
  });

  it('shows content where the link allows it, and credentials never', async () => {
    const client = await opened(['read', 'content']);
    const { body, text } = await client.call('GET', `${app.base}/deliveries/${shownDelivery.deliveryId}`);
    const { data } = body as { data: DeliveryDetail };
    expect(data.payload).toMatchObject({ text: SECRET, senderId: 'user-of-theirs' });
    expect(data.attemptLog[0]).toMatchObject({ responseBody: SECRET, requestHeaders: { 'X-Key': '***' } });
    expect(text).not.toContain(URL_TOKEN);
  });
});

describe('what a link allows', () => {
  it('redelivers what it shows, and nothing else', async () => {
    const client = await opened(['read', 'redeliver']);
    const post = (url: string, body?: unknown) => client.call('POST', app.base + url, body ? { body } : {});
    expect(await post(`/deliveries/${hiddenDelivery.deliveryId}/redeliver`)).toMatchObject({ status: 404 });
    expect(await post(`/deliveries/${shownDelivery.deliveryId}/redeliver`)).toMatchObject({ status: 202 });
    await app.settled(eventId);
    const deliveryIds = [hiddenDelivery.deliveryId];
    const accepted = async (body: unknown) => (await post('/deliveries/redeliver', body)).body;
    expect(await accepted({ deliveryIds })).toEqual({ data: { accepted: 0, skipped: 1 } });
    expect(await accepted({ filter: { webhookId: hidden.webhookId } })).toEqual({
      data: { accepted: 0, skipped: 0 },
    });
    const before = (await app.deliveries(`?eventId=${eventId}`)).length;
    expect(await accepted({ filter: { messageId: MESSAGE_ID } })).toMatchObject({ data: { accepted: 1 } });
    const after = await app.settled(eventId);
    expect(after).toHaveLength(before + 1);
    expect(after.filter(({ webhookId }) => webhookId === hidden.webhookId)).toHaveLength(1);
  });

  it('sends tests to its webhooks, with the answer of the receiver masked', async () => {
    const client = await opened(['read', 'test']);
    const test = (id: string) => client.call('POST', `${app.base}/webhooks/${id}/test`, { body: {} });
    expect(await test(hidden.webhookId)).toMatchObject({ status: 404 });
    const answer = await test(shown.webhookId);
    expect(answer).toMatchObject({
      status: 200,
      body: { data: { responseStatus: 500, responseBody: '***' } },
    });
    expect(answer.text).not.toContain(SECRET);
  });

  it('leaves traces in the audit log under the name of the link', async () => {
    const link = await addPortalLink(app, { name: 'ACME', permissions: ['read', 'redeliver'] });
    const client = await openPortal(service.anonymous, link);
    await openPortal(service.anonymous, link);
    await client.call('POST', `${app.base}/deliveries/${shownDelivery.deliveryId}/redeliver`);
    await service.admin.call('DELETE', `${app.base}/portal-links/${link.linkId}`);
    const { data } = (await service.admin.call('GET', '/audit-log')).body as Page<AuditEntry>;
    const entries = data.filter(({ actor, targetId }) => actor === 'portal:ACME' || targetId === link.linkId);
    expect(entries.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
      'portal_link.revoked admin@example.com',
      'delivery.redelivered portal:ACME',
      'portal_link.opened portal:ACME',
      'portal_link.created admin@example.com',
    ]);
    expect(JSON.stringify(entries)).not.toContain(link.token);
  });
});

describe('a link ends', () => {
  it('at once when it is revoked, also for pages that are open', async () => {
    const link = await addPortalLink(app);
    const client = await openPortal(service.anonymous, link);
    expect(await client.call('GET', `${app.base}/deliveries`)).toMatchObject({ status: 200 });
    const revoke = () => service.admin.call('DELETE', `${app.base}/portal-links/${link.linkId}`);
    expect(await revoke()).toMatchObject({ status: 204 });
    expect(await client.call('GET', `${app.base}/deliveries`)).toMatchObject({ status: 401 });
    expect(await openAgain(link)).toBe(401);
    expect(await revoke()).toMatchObject({ status: 404 });
  });

  it('when it expires, even if the access token is younger', async () => {
    const link = await addPortalLink(app, { expiresInSeconds: 600 });
    const client = await openPortal(service.anonymous, link);
    passMs(601_000);
    expect(await client.call('GET', `${app.base}/deliveries`)).toMatchObject({ status: 401 });
    expect(await openAgain(link)).toBe(401);
  });

  it('for an access token after an hour, and the link gets another one', async () => {
    const link = await addPortalLink(app, { expiresInSeconds: 86_400 });
    const client = await openPortal(service.anonymous, link);
    passMs(3_601_000);
    expect(await client.call('GET', `${app.base}/deliveries`)).toMatchObject({ status: 401 });
    const again = await openPortal(service.anonymous, link);
    expect(await again.call('GET', `${app.base}/deliveries`)).toMatchObject({ status: 200 });
  });

  it.each(['imp_wrong', 'imk_wrong', 'x'])('never began with %s', async (token) => {
    expect(await openAgain({ token })).toBe(401);
    const client = service.anonymous.withToken(token.replace('imp_', 'ims_'));
    expect((await client.call('GET', `${app.base}/deliveries`)).status).toBe(401);
  });

  it('and is removed a week later', async () => {
    const { linkId } = await addPortalLink(app, { expiresInSeconds: 300 });
    const listed = async () =>
      (
        (await service.admin.call('GET', `${app.base}/portal-links?limit=200`)).body as Page<PortalLink>
      ).data.some((link) => link.linkId === linkId);
    const remove = () => service.app.get(RemoveExpiredLinksService).removeExpired();
    await remove();
    expect(await listed()).toBe(true);
    passMs(8 * DAY_MS);
    await remove();
    vi.restoreAllMocks();
    expect(await listed()).toBe(false);
  });
});

describe('a link is made', () => {
  it.each([
    [{ permissions: ['redeliver'] }, '/permissions'],
    [{ permissions: [] }, '/permissions'],
    [{ expiresInSeconds: 299 }, '/expiresInSeconds'],
    [{ expiresInSeconds: 31_536_001 }, '/expiresInSeconds'],
    [{ webhookIds: [] }, '/webhookIds'],
    [{ webhookIds: ['0198c1f2-0000-7000-8000-000000000001'] }, '/webhookIds/0'],
    [{ allowedOrigins: ['https://a.example/path'] }, '/allowedOrigins/0'],
    [{ allowedOrigins: ['http://a.example'] }, '/allowedOrigins/0'],
    [{ allowedOrigins: ['*'] }, '/allowedOrigins/0'],
    [
      { allowedOrigins: Array.from({ length: 21 }, (_, n) => `https://a${String(n)}.example`) },
      '/allowedOrigins',
    ],
  ])('not with %j', async (override, pointer) => {
    const body = { permissions: ['read'], expiresInSeconds: 600, ...override };
    const answer = await service.admin.call('POST', `${app.base}/portal-links`, { body });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  it('with its token shown once and stored as a hash', async () => {
    const link = await addPortalLink(app);
    expect(link.url).toMatch(new RegExp(`/portal#${link.token}$`));
    const list = await service.admin.call('GET', `${app.base}/portal-links`);
    expect(list.text).toContain(link.linkId);
    expect(list.text).not.toContain(link.token);
    const rows = await service.database.query('SELECT portal_links::text FROM portal_links');
    expect(JSON.stringify(rows)).not.toContain(link.token);
  });

  it('at most 200 times for an app', async () => {
    const full = await service.addApp();
    await service.database.query(
      `INSERT INTO portal_links (link_id, tenant_id, app_id, name, token_hash, permissions, allowed_origins,
         expires_at, created_at, created_by)
       SELECT gen_random_uuid(), a.tenant_id, a.app_id, '', sha256(n::text::bytea), '{read}', '{}',
         now() + interval '1 day', now(), ''
       FROM apps a, generate_series(1, 200) n WHERE a.app_key = $1`,
      [full.appKey],
    );
    await expect(addPortalLink(full)).rejects.toThrow('409');
  });
});

describe('a page of a link', () => {
  async function headersOf(link: Pick<CreatedPortalLink, 'url'>) {
    return (await service.app.inject({ url: new URL(link.url).pathname })).headers;
  }

  it('may be framed by the origins of the link alone', async () => {
    const link = await addPortalLink(app, { allowedOrigins: ['https://app.example.com'] });
    expect(new URL(link.url).pathname).toBe(`/portal/${link.linkId}`);
    const headers = await headersOf(link);
    expect(headers['content-security-policy']).toMatch(/frame-ancestors https:\/\/app\.example\.com$/);
    expect(headers).not.toHaveProperty('x-frame-options');
    await service.admin.call('DELETE', `${app.base}/portal-links/${link.linkId}`);
    expect((await headersOf(link))['content-security-policy']).toMatch(/frame-ancestors 'none'$/);
  });

  it('may not be framed without origins', async () => {
    const headers = await headersOf(await addPortalLink(app));
    expect(headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/);
    expect(headers['x-frame-options']).toBe('DENY');
  });
});

it('too many tries from one address are refused', async () => {
  passMs(10 * 60_000);
  let status = 0;
  for (let tries = 0; tries < 61; tries += 1) status = await openAgain({ token: 'imp_wrong' });
  expect(status).toBe(429);
});

async function openAgain({ token }: { token: string }): Promise<number> {
  return (await service.anonymous.call('POST', '/portal/session', { body: { token } })).status;
}
