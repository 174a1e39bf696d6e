import type { ApiToken } from '@im/contracts/api/api-tokens';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../testing/api-client.js';
import { eventually } from '../../testing/app-under-test.js';
import { addApiToken, addApp } from '../../testing/apps.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { addTenant } from '../../testing/tenants.js';
import { AppsModule } from './apps.module.js';
import { WebhookConfigsModule } from '../webhook-configs/webhook-configs.module.js';

let api: TestApi;
let admin: ApiClient;

beforeAll(async () => {
  api = await startTestApi([AppsModule, WebhookConfigsModule]);
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
});

afterAll(async () => {
  await api.stop();
});

describe('an API token', () => {
  it('is shown once and kept as a hash only', async () => {
    const { token, prefix, tokenId } = await addApiToken(admin, ['webhooks:read']);
    expect(token).toMatch(/^imk_[\w-]{43}$/);
    expect(token.startsWith(prefix)).toBe(true);
    const tokens = await admin.data<ApiToken[]>('GET', '/api-tokens');
    expect(tokens.find((listed) => listed.tokenId === tokenId)).toMatchObject({
      prefix,
      scopes: ['webhooks:read'],
      appKey: null,
      createdBy: 'admin@example.com',
    });
    expect(JSON.stringify(tokens)).not.toContain(token);
    const rows = await api.database.query<{ text: string }>('SELECT t::text AS text FROM api_tokens t');
    expect(rows.some((row) => row.text.includes(token))).toBe(false);
  });

  it('opens the routes of its scopes, needs no csrf header, and opens no other route', async () => {
    const { appKey } = await addApp(admin);
    const reader = api.anonymous.withToken((await addApiToken(admin, ['webhooks:read'])).token);
    const ingester = api.anonymous.withToken((await addApiToken(admin, ['events:write'])).token);
    expect((await reader.call('GET', `/apps/${appKey}`)).status).toBe(200);
    expect((await reader.call('POST', `/apps/${appKey}/secret/reveal`)).status).toBe(403);
    expect((await reader.call('GET', '/auth/me')).status).toBe(403);
    const refused = await ingester.call('GET', `/apps/${appKey}`);
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({ code: 'forbidden' });
  });

  it('bound to an app opens that app and shows no other', async () => {
    const own = await addApp(admin);
    const other = await addApp(admin);
    const bound = api.anonymous.withToken(
      (await addApiToken(admin, ['webhooks:read'], { appKey: own.appKey })).token,
    );
    expect((await bound.call('GET', `/apps/${own.appKey}`)).status).toBe(200);
    expect((await bound.call('GET', `/apps/${other.appKey}`)).status).toBe(403);
    const apps = await bound.data<{ appKey: string }[]>('GET', '/apps');
    expect(apps.map((app) => app.appKey)).toEqual([own.appKey]);
  });

  it('is worth nothing once its app is deleted', async () => {
    const { appKey } = await addApp(admin);
    const bound = api.anonymous.withToken((await addApiToken(admin, ['webhooks:read'], { appKey })).token);
    await admin.call('DELETE', `/apps/${appKey}`);
    expect((await bound.call('GET', '/apps')).status).toBe(401);
  });

  it('is worth nothing once revoked', async () => {
    const { token, tokenId } = await addApiToken(admin, ['webhooks:read']);
    const client = api.anonymous.withToken(token);
    expect((await client.call('GET', '/apps')).status).toBe(200);
    expect((await admin.call('DELETE', `/api-tokens/${tokenId}`)).status).toBe(204);
    expect((await client.call('GET', '/apps')).status).toBe(401);
    expect((await admin.call('DELETE', `/api-tokens/${tokenId}`)).status).toBe(404);
  });

  it('is worth nothing after its last day', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const client = api.anonymous.withToken(
      (await addApiToken(admin, ['webhooks:read'], { expiresAt })).token,
    );
    expect((await client.call('GET', '/apps')).status).toBe(200);
    api.moveClockBy(60_001);
    expect((await client.call('GET', '/apps')).status).toBe(401);
  });

  it('notes when it was used', async () => {
    const { token, tokenId } = await addApiToken(admin, ['webhooks:read']);
    const client = api.anonymous.withToken(token);
    await client.call('GET', '/apps');
    const lastUse = async () => {
      const tokens = await admin.data<ApiToken[]>('GET', '/api-tokens');
      return tokens.find((listed) => listed.tokenId === tokenId)?.lastUsedAt;
    };
    const firstUse = await eventually(async () => (await lastUse()) ?? undefined);
    // Once a minute is enough; it is written in the background, so the next one also proves that none came in between.
    api.moveClockBy(59_000);
    await client.call('GET', '/apps');
    expect(await lastUse()).toBe(firstUse);
    api.moveClockBy(2_000);
    await client.call('GET', '/apps');
    const noted = await eventually(async () => {
      const use = await lastUse();
      return use !== firstUse && (use ?? undefined);
    });
    expect(Date.parse(noted) - Date.parse(firstUse)).toBeGreaterThan(60_000);
  });

  it('is renamed and its expiry moved, which counts at once', async () => {
    const { token, tokenId } = await addApiToken(admin, ['webhooks:read']);
    const client = api.anonymous.withToken(token);
    const change = (body: object) => admin.call('PATCH', `/api-tokens/${tokenId}`, { body });
    const expiresAt = new Date(api.nowMs() + 1_000).toISOString();
    expect((await change({ name: 'release', expiresAt })).body).toMatchObject({
      data: { name: 'release', expiresAt, scopes: ['webhooks:read'] },
    });
    expect((await client.call('GET', '/apps')).status).toBe(200);
    api.moveClockBy(1_000);
    expect((await client.call('GET', '/apps')).status).toBe(401);
    expect((await change({ expiresAt: null })).body).toMatchObject({
      data: { name: 'release', expiresAt: null },
    });
    expect((await client.call('GET', '/apps')).status).toBe(200);
    expect((await change({ expiresAt: '2020-01-01T00:00:00Z' })).body).toMatchObject({
      errors: [{ pointer: '/expiresAt' }],
    });
    expect((await change({ scopes: ['alerts:write'] })).status).toBe(422);
    const other = await addTenant(api, 'renamer@example.org');
    expect((await other.admin.call('PATCH', `/api-tokens/${tokenId}`, { body: {} })).status).toBe(404);
  });

  it.each(['Bearer imk_invented', 'Bearer', 'Basic YTpi', 'imk_x'])('%j is none', async (authorization) => {
    const answer = await admin.call('GET', '/apps', { headers: { authorization } });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });
});

describe('making an API token', () => {
  it.each([
    ['/expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['/appKey', { appKey: 'ak_aaaaaaaaaaaaaaaaaaaa' }],
    ['/scopes/0', { scopes: ['everything'] }],
  ])('is refused for what is wrong at %s', async (pointer, override) => {
    const body = { name: 'deploy', scopes: ['events:write'], ...override };
    const answer = await admin.call('POST', '/api-tokens', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer }] });
  });

  it('binds to no app of another tenant', async () => {
    const other = await addTenant(api, 'tokens@example.org');
    const { appKey } = await addApp(other.admin);
    const body = { name: 'deploy', scopes: ['events:write'], appKey };
    expect((await admin.call('POST', '/api-tokens', { body })).status).toBe(422);
  });

  it('is for admins and developers', async () => {
    for (const [role, status] of [
      ['developer', 201],
      ['support', 403],
    ] as const) {
      const email = `${role}@example.com`;
      const member = await admin.data<MemberWithPassword>('POST', '/members', { body: { email, role } });
      const client = await api.anonymous.logIn(email, member.temporaryPassword!);
      const body = { name: 'mine', scopes: ['events:write'] };
      expect((await client.call('POST', '/api-tokens', { body })).status).toBe(status);
    }
  });

  it('is kept from other tenants', async () => {
    const other = await addTenant(api, 'curious@example.org');
    const { tokenId } = await addApiToken(admin, ['events:write']);
    expect(await other.admin.data('GET', '/api-tokens')).toEqual([]);
    expect((await other.admin.call('DELETE', `/api-tokens/${tokenId}`)).status).toBe(404);
  });
});
