/** Tests management by machine: what API tokens may give to other tokens, and when they lose what they have. */
import type { ApiToken, ApiTokenScope, CreatedApiToken } from '@im/contracts/api/api-tokens';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../testing/api-client.js';
import { addApiToken, addApp } from '../../../testing/apps.js';
import { startTestService, type TestService } from '../../../testing/test-service.js';
import { addTenant } from '../../../testing/tenants.js';

let service: TestService;
let admin: ApiClient;
let count = 0;

beforeAll(async () => {
  service = await startTestService();
  admin = service.admin;
});
afterAll(() => service.stop());

async function addMember(role: string): Promise<{ memberId: string; session: ApiClient }> {
  count += 1;
  const email = `grants-${String(count)}@example.com`;
  const password = 'a long enough password';
  const { memberId } = await admin.data<MemberWithPassword>('POST', '/members', {
    body: { email, role, password },
  });
  const session = await service.anonymous.logIn(email, password);
  await session.call('POST', '/auth/password', {
    body: { currentPassword: password, newPassword: `${password}s` },
  });
  return { memberId, session };
}

async function tokenOf(maker: ApiClient, scopes: ApiTokenScope[], override = {}): Promise<ApiClient> {
  return service.anonymous.withToken((await addApiToken(maker, scopes, override)).token);
}

function create(maker: ApiClient, body: Record<string, unknown>): Promise<ApiAnswer> {
  return maker.call('POST', '/api-tokens', { body: { name: 'child', ...body } });
}

const statusOf = async (client: ApiClient, path = '/api-tokens') => (await client.call('GET', path)).status;

describe('who creates a token', () => {
  it.each<[string, ApiTokenScope[], number]>([
    ['developer', ['webhooks:write', 'tokens:write', 'channels:write', 'apps:read'], 201],
    ['developer', ['apps:write'], 403],
    ['developer', ['secrets:rotate'], 403],
    ['developer', ['events:write', 'members:write'], 403],
    ['developer', ['audit:read'], 403],
    ['admin', ['apps:write', 'members:write', 'secrets:rotate', 'audit:read'], 201],
    ['admin', ['tenants:write'], 403],
  ])('as %s may give %j: %i', async (role, scopes, status) => {
    const { session } = await addMember(role);
    expect((await create(session, { scopes })).status).toBe(status);
  });

  it('as an operator may give tenants:write, which manages tenants and nothing inside them', async () => {
    const machine = await tokenOf(admin, ['tenants:write']);
    const body = { name: 'By machine', adminEmail: 'machine@example.org' };
    expect((await machine.call('POST', '/tenants', { body })).status).toBe(201);
    expect(await statusOf(machine, '/members')).toBe(403);
  });

  it('as a token gives no more than it has, to its own app, no longer than itself', async () => {
    const { appKey } = await addApp(admin);
    const other = await addApp(admin);
    const expiresAt = '2099-01-01T00:00:00.000Z';
    const scopes: ApiTokenScope[] = ['tokens:write', 'webhooks:read'];
    const maker = await tokenOf(admin, scopes, { appKey, expiresAt, name: 'maker' });
    const own = await create(maker, { scopes: ['webhooks:read'] });
    expect(own.status).toBe(201);
    expect((own.body as { data: object }).data).toMatchObject({
      appKey,
      expiresAt,
      createdBy: 'token:maker',
    });
    expect((await create(maker, { scopes: ['webhooks:write'] })).status).toBe(403);
    expect((await create(maker, { scopes: ['webhooks:read'], appKey: other.appKey })).body).toMatchObject({
      errors: [{ pointer: '/appKey' }],
    });
    const later = { scopes: ['webhooks:read'], expiresAt: '2099-01-02T00:00:00Z' };
    expect((await create(maker, later)).body).toMatchObject({ errors: [{ pointer: '/expiresAt' }] });
  });

  it('cannot bind tenant-wide scopes to an app', async () => {
    const { appKey } = await addApp(admin);
    const answer = await create(admin, { scopes: ['webhooks:read', 'audit:read'], appKey });
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/scopes/1' }] });
  });
});

describe('a token with tokens:write', () => {
  it('neither renews tokens with more scopes, nor sees those of other apps when it is bound to one', async () => {
    const { appKey } = await addApp(admin);
    const strong = await addApiToken(admin, ['members:write']);
    const maker = await tokenOf(admin, ['tokens:write']);
    const path = `/api-tokens/${strong.tokenId}`;
    expect((await maker.call('PATCH', path, { body: { expiresAt: null } })).status).toBe(403);
    const bound = await addApiToken(admin, ['tokens:write'], { appKey });
    const client = service.anonymous.withToken(bound.token);
    const listed = await client.data<ApiToken[]>('GET', '/api-tokens');
    expect(listed.map(({ tokenId }) => tokenId)).toEqual([bound.tokenId]);
    expect((await client.call('DELETE', path)).status).toBe(404);
    expect((await client.call('DELETE', `/api-tokens/${bound.tokenId}`)).status).toBe(204);
  });

  it('is named in the audit log', async () => {
    const maker = await tokenOf(admin, ['tokens:write', 'audit:read'], { name: 'terraform' });
    const child = await addApiToken(maker, ['audit:read'], { name: 'child' });
    const entries = await maker.data<object[]>('GET', '/audit-log?action=api_token.created&limit=1');
    expect(entries).toMatchObject([{ actor: 'token:terraform', targetId: child.tokenId }]);
  });
});

describe('the tokens of a member', () => {
  it('go with the rights they need, also those that their tokens made', async () => {
    const { memberId, session } = await addMember('admin');
    const parent = await addApiToken(session, ['tokens:write', 'audit:read', 'webhooks:read']);
    const ofAdmin = await tokenOf(service.anonymous.withToken(parent.token), ['audit:read']);
    const ofDeveloper = await tokenOf(service.anonymous.withToken(parent.token), ['webhooks:read']);
    expect(await statusOf(ofAdmin, '/audit-log')).toBe(200);
    await admin.data('PATCH', `/members/${memberId}`, { body: { role: 'developer' } });
    expect(await statusOf(ofAdmin, '/audit-log')).toBe(401);
    expect(await statusOf(service.anonymous.withToken(parent.token))).toBe(401);
    expect(await statusOf(ofDeveloper, '/apps')).toBe(200);
    await admin.call('DELETE', `/members/${memberId}`);
    expect(await statusOf(ofDeveloper, '/apps')).toBe(401);
  });

  it('lose tenants:write when the member is no operator any more', async () => {
    const { memberId, session: _unused } = await addMember('admin');
    await admin.data('PATCH', `/members/${memberId}`, { body: { isOperator: true } });
    const email = `grants-${String(count)}@example.com`;
    const session = await service.anonymous.logIn(email, 'a long enough passwords');
    const machine = await tokenOf(session, ['tenants:write']);
    expect(await statusOf(machine, '/tenants')).toBe(200);
    await admin.data('PATCH', `/members/${memberId}`, { body: { isOperator: false } });
    expect(await statusOf(machine, '/tenants')).toBe(401);
  });
});

describe('a token with members:write', () => {
  it('manages members, but no operators, passwords, second factors or sessions', async () => {
    const machine = await tokenOf(admin, ['members:write']);
    const body = { email: 'by-machine@example.com', role: 'support' };
    const { memberId } = await machine.data<MemberWithPassword>('POST', '/members', { body });
    const member = `/members/${memberId}`;
    expect((await machine.call('PATCH', member, { body: { role: 'admin' } })).status).toBe(200);
    expect((await machine.call('PATCH', member, { body: { isOperator: true } })).status).toBe(403);
    for (const path of ['reset', 'totp/reset', 'sessions/revoke']) {
      expect((await machine.call('POST', `${member}/${path}`)).status).toBe(403);
    }
    expect((await machine.call('DELETE', member)).status).toBe(204);
  });
});

describe('a token with webhooks:write', () => {
  it('makes portal links that allow what it may do itself', async () => {
    const { appKey } = await addApp(admin);
    const link = (permissions: string[]) => ({ body: { permissions, expiresInSeconds: 600 } });
    const path = `/apps/${appKey}/portal-links`;
    const writer = await tokenOf(admin, ['webhooks:write']);
    expect((await writer.call('POST', path, link(['read']))).status).toBe(403);
    const reader = await tokenOf(admin, ['webhooks:write', 'webhooks:read', 'deliveries:read']);
    expect((await reader.call('POST', path, link(['read', 'test', 'content']))).status).toBe(201);
    expect((await reader.call('POST', path, link(['read', 'redeliver']))).status).toBe(403);
  });
});

describe('a token of another tenant', () => {
  it('cannot be bound to an app of this one, by key or external id', async () => {
    const { appKey } = await addApp(admin, { externalId: 'grants-shop' });
    const elsewhere = await addTenant(service, 'grants@elsewhere.example.com');
    const scopes = ['webhooks:read'];
    for (const named of [appKey, 'ext:grants-shop']) {
      expect((await create(elsewhere.admin, { scopes, appKey: named })).status).toBe(422);
    }
    const bound = await create(admin, { scopes, appKey: 'ext:grants-shop' });
    expect((bound.body as { data: CreatedApiToken }).data.appKey).toBe(appKey);
  });
});
