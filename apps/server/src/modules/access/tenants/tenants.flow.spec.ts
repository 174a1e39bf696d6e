import type { CreatedTenant, Tenant } from '@im/contracts/api/tenants';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../testing/api-client.js';
import { addApiToken, addApp } from '../../../testing/apps.js';
import { signedHeaders } from '../../../testing/callback-receiver.js';
import { messageSent } from '../../../testing/sample-events.js';
import { startTestService, type TestService } from '../../../testing/test-service.js';

/** Two processes of one installation share it. */
const SECRETS_KEY = Buffer.alloc(32, 7).toString('base64');

let service: TestService;
let operator: ApiClient;
let count = 0;

beforeAll(async () => {
  service = await startTestService({ SECRETS_KEY });
  operator = service.admin;
});

afterAll(async () => {
  await service.stop();
});

interface NewTenant {
  tenant: CreatedTenant;
  admin: ApiClient;
  login: [email: string, password: string];
}

async function addTenant(): Promise<NewTenant> {
  count += 1;
  const body = { name: `Team ${count}`, adminEmail: `First${count}@Example.org` };
  const tenant = await operator.data<CreatedTenant>('POST', '/tenants', { body });
  const login: [string, string] = [tenant.adminEmail, tenant.temporaryPassword];
  return { tenant, login, admin: await service.anonymous.logIn(...login) };
}

const problemOf = (answer: ApiAnswer) => `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`;

describe('an operator', () => {
  it('adds a tenant, whose admin logs in with the password shown once', async () => {
    const { tenant, admin } = await addTenant();
    expect(tenant).toMatchObject({ adminEmail: `first${count}@example.org`, memberCount: 1, appCount: 0 });
    expect(await admin.data('GET', '/auth/me')).toMatchObject({
      role: 'admin',
      tenantName: tenant.name,
      isOperator: false,
    });
    const listed = await operator.data<Tenant[]>('GET', '/tenants?limit=1');
    expect(listed).toMatchObject([{ tenantId: tenant.tenantId, isSuspended: false }]);
    expect(JSON.stringify(listed)).not.toContain('assword');
  });

  it.each([
    ['/adminEmail', 'already_taken', { name: 'Twice', adminEmail: 'ADMIN@example.com' }],
    ['/adminEmail', 'invalid_format', { name: 'Unknown', adminEmail: 'unknown' }],
    ['/name', 'too_small', { name: '  ', adminEmail: 'someone@example.org' }],
    ['/plan', 'unknown_field', { name: 'A', adminEmail: 'someone@example.org', plan: 'gold' }],
  ])('gets the fault at %s: %s', async (pointer, code, body) => {
    const answer = await operator.call('POST', '/tenants', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer, code }] });
    const tenants = await operator.data<Tenant[]>('GET', '/tenants');
    expect(tenants.map((tenant) => tenant.name)).not.toContain(body.name);
  });

  it('renames a tenant, which is in the audit log of the operator', async () => {
    const { tenant, admin } = await addTenant();
    const path = `/tenants/${tenant.tenantId}`;
    expect(await operator.data('PATCH', path, { body: { name: 'Renamed' } })).toMatchObject({
      name: 'Renamed',
    });
    expect(await operator.data('GET', path)).toMatchObject({ name: 'Renamed' });
    expect(await admin.data('GET', '/tenant')).toMatchObject({
      name: 'Renamed',
      requiresSecondFactor: false,
    });
    const [entry] = await operator.data<unknown[]>('GET', '/audit-log?action=tenant.updated&limit=1');
    expect(entry).toMatchObject({ targetId: tenant.tenantId, detail: { name: 'Renamed' } });
  });

  it('sees nothing of what is in another tenant', async () => {
    const { admin } = await addTenant();
    const app = await addApp(admin);
    expect((await operator.call('GET', `/apps/${app.appKey}`)).status).toBe(404);
    const apps = await operator.data<{ appKey: string }[]>('GET', '/apps?limit=200');
    expect(apps.map(({ appKey }) => appKey)).not.toContain(app.appKey);
  });

  it.each(['no-uuid', '019a0000-0000-7000-8000-000000000001'])('finds no tenant %s', async (tenantId) => {
    expect((await operator.call('GET', `/tenants/${tenantId}`)).status).toBe(404);
    expect((await operator.call('PATCH', `/tenants/${tenantId}`, { body: { name: 'Renamed' } })).status).toBe(
      404,
    );
  });
});

describe('the admin of another tenant', () => {
  it.each([
    ['GET', '/tenants'],
    ['POST', '/tenants'],
    ['GET', '/tenants/own'],
    ['PATCH', '/tenants/own'],
  ] as const)('may not %s %s', async (method, path) => {
    const { admin, tenant } = await addTenant();
    const answer = await admin.call(method, path.replace('own', tenant.tenantId), {
      ...(method !== 'GET' && { body: {} }),
    });
    expect(problemOf(answer)).toBe('403 forbidden');
  });
});

describe('a suspended tenant', () => {
  it('refuses every caller, in every process at once, until it is resumed', async () => {
    const { tenant, admin, login } = await addTenant();
    const app = await addApp(admin);
    const { token } = await addApiToken(admin, ['events:write']);
    // Another process, which remembers everything when the tenant is suspended.
    const elsewhere = await startTestService({
      SECRETS_KEY,
      DATABASE_URL: service.database.databaseUrl,
    });
    const body = JSON.stringify(messageSent());
    const path = `/apps/${app.appKey}/events`;
    const byToken = ({ anonymous }: TestService) => anonymous.withToken(token).call('POST', path, { body });
    const bySignature = ({ anonymous }: TestService) => {
      count += 1;
      const headers = signedHeaders(app.appKey, app.appSecret, body, `suspension-${count}`);
      return anonymous.call('POST', path, { body, headers });
    };
    const bySession = ({ anonymous }: TestService) => anonymous.with(admin.headers).call('GET', '/auth/me');
    const byPassword = ({ anonymous }: TestService) =>
      anonymous.call('POST', '/auth/login', { body: { email: login[0], password: login[1] } });
    const everywhere = async (way: (at: TestService) => Promise<ApiAnswer>) =>
      (await Promise.all([service, elsewhere].map(way))).map(problemOf);
    const suspend = (isSuspended: boolean) =>
      operator.data('PATCH', `/tenants/${tenant.tenantId}`, { body: { isSuspended } });
    try {
      expect(await everywhere(byToken)).toEqual(['202 ', '202 ']);
      expect(await everywhere(bySignature)).toEqual(['202 ', '202 ']);
      expect(await everywhere(bySession)).toEqual(['200 ', '200 ']);

      expect(await suspend(true)).toMatchObject({ isSuspended: true });
      expect(await everywhere(byToken)).toEqual(['403 tenant_suspended', '403 tenant_suspended']);
      expect(await everywhere(bySignature)).toEqual(['403 tenant_suspended', '403 tenant_suspended']);
      expect(await everywhere(bySession)).toEqual(['401 unauthenticated', '401 unauthenticated']);
      expect(await everywhere(byPassword)).toEqual(['403 tenant_suspended', '403 tenant_suspended']);

      expect(await suspend(false)).toMatchObject({ isSuspended: false, suspendedAt: null });
      expect(await everywhere(byToken)).toEqual(['202 ', '202 ']);
      expect(await everywhere(bySignature)).toEqual(['202 ', '202 ']);
      // Earlier sessions have ended permanently.
      expect(await everywhere(bySession)).toEqual(['401 unauthenticated', '401 unauthenticated']);
      expect(await everywhere(byPassword)).toEqual(['200 ', '200 ']);
    } finally {
      await elsewhere.stop();
    }
  });

  it('answers a wrong password as usual', async () => {
    const { tenant, login } = await addTenant();
    await operator.data('PATCH', `/tenants/${tenant.tenantId}`, { body: { isSuspended: true } });
    const body = { email: login[0], password: 'wrong' };
    expect(problemOf(await service.anonymous.call('POST', '/auth/login', { body }))).toBe(
      '401 invalid_credentials',
    );
  });

  it('is never one’s own', async () => {
    const { tenantId } = await operator.data<{ tenantId: string }>('GET', '/auth/me');
    const answer = await operator.call('PATCH', `/tenants/${tenantId}`, { body: { isSuspended: true } });
    expect(problemOf(answer)).toBe('409 conflict');
  });
});
