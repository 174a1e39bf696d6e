import type { CurrentUser } from '@im/contracts/api/auth';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from '@im/contracts/api/auth';
import { sessionCookieOf, type ApiAnswer, type ApiClient } from '../../../testing/api-client.js';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { ADMIN_LOGIN } from '../../../testing/test-service.js';
import { AccessModule } from '../access.module.js';

let api: TestApi;
let admin: ApiClient;
let count = 0;
let email: string;

beforeAll(async () => {
  api = await startTestApi([AccessModule]);
  admin = await api.anonymous.logIn(...ADMIN_LOGIN);
});
beforeEach(() => {
  count += 1;
  email = `new-${String(count)}@example.com`;
});
afterAll(() => api.stop());

/** As the server answers it, before the password is changed. */
async function logIn(password: string): Promise<{ client: ApiClient; user: CurrentUser }> {
  const answer = await api.anonymous.call('POST', '/auth/login', { body: { email, password } });
  expect(answer.status).toBe(200);
  const headers = { cookie: sessionCookieOf(answer), [CSRF_HEADER]: CSRF_HEADER_VALUE };
  return { client: api.anonymous.with(headers), user: (answer.body as { data: CurrentUser }).data };
}

async function addMember(password?: string): Promise<MemberWithPassword> {
  return admin.data('POST', '/members', { body: { email, role: 'admin', password } });
}

const me = (client: ApiClient) => client.data<CurrentUser>('GET', '/auth/me');
const change = (client: ApiClient, currentPassword: string, newPassword: string) =>
  client.call('POST', '/auth/password', { body: { currentPassword, newPassword } });
const problemOf = ({ status, body }: ApiAnswer) =>
  `${String(status)} ${(body as { code?: string } | undefined)?.code ?? ''}`;

describe('a password that another member set', () => {
  it.each([
    ['chosen by them', 'chosen by the admin'],
    ['generated for them', undefined],
  ])('opens nothing but its own change: %s', async (_, chosen) => {
    const { temporaryPassword = chosen ?? '' } = await addMember(chosen);
    const { client, user } = await logIn(temporaryPassword);
    expect(user.mustChangePassword).toBe(true);
    expect((await me(client)).mustChangePassword).toBe(true);
    for (const path of ['/members', '/auth/sessions', '/auth/totp', '/audit-log']) {
      expect(problemOf(await client.call('GET', path))).toBe('403 password_change_required');
    }
    expect(problemOf(await client.call('POST', '/members', { body: {} }))).toBe(
      '403 password_change_required',
    );
    expect((await change(client, temporaryPassword, 'a password of my own')).status).toBe(204);
    expect((await me(client)).mustChangePassword).toBe(false);
    expect((await client.call('GET', '/members')).status).toBe(200);
    expect((await logIn('a password of my own')).user.mustChangePassword).toBe(false);
  });

  it('cannot be kept', async () => {
    const { temporaryPassword = '' } = await addMember();
    const { client } = await logIn(temporaryPassword);
    const answer = await change(client, temporaryPassword, temporaryPassword);
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/newPassword', code: 'invalid_value' }] },
    });
    expect((await me(client)).mustChangePassword).toBe(true);
  });

  it('lets its owner log out', async () => {
    const { temporaryPassword = '' } = await addMember();
    const { client } = await logIn(temporaryPassword);
    expect((await client.call('POST', '/auth/logout')).status).toBe(204);
    expect((await client.call('GET', '/auth/me')).status).toBe(401);
  });

  it('has to be changed after a reset by another member, not after resetting one’s own', async () => {
    const { memberId, temporaryPassword: first = '' } = await addMember();
    const { client } = await logIn(first);
    await change(client, first, 'a password of my own');
    const reset = async (by: ApiClient) => {
      const member = await by.data<MemberWithPassword>('POST', `/members/${memberId}/reset`);
      return member.temporaryPassword ?? '';
    };
    expect((await logIn(await reset(client))).user.mustChangePassword).toBe(false);
    const { client: again } = await logIn(await reset(admin));
    expect(problemOf(await again.call('GET', '/members'))).toBe('403 password_change_required');
  });

  it('is what the first admin of a new tenant gets', async () => {
    const body = { name: 'Other', adminEmail: email };
    const { temporaryPassword } = await admin.data<{ temporaryPassword: string }>('POST', '/tenants', {
      body,
    });
    expect((await logIn(temporaryPassword)).user.mustChangePassword).toBe(true);
  });

  it('is changed before a second factor is set up, where the tenant asks for one', async () => {
    const tenant = { name: 'Strict', adminEmail: email };
    const { tenantId, temporaryPassword } = await admin.data<{ tenantId: string; temporaryPassword: string }>(
      'POST',
      '/tenants',
      { body: tenant },
    );
    await api.database.query('UPDATE tenants SET requires_second_factor = true WHERE tenant_id = $1', [
      tenantId,
    ]);
    const { client, user } = await logIn(temporaryPassword);
    expect(user).toMatchObject({ mustChangePassword: true, mustSetUpSecondFactor: true });
    expect(problemOf(await client.call('POST', '/auth/totp', { body: {} }))).toBe(
      '403 password_change_required',
    );
    expect((await change(client, temporaryPassword, 'a password of my own')).status).toBe(204);
    expect(problemOf(await client.call('GET', '/members'))).toBe('403 second_factor_setup_required');
    expect((await client.call('POST', '/auth/totp', { body: {} })).status).toBe(200);
  });
});

it('ADMIN_PASSWORD need not be changed', async () => {
  expect((await me(admin)).mustChangePassword).toBe(false);
  expect((await admin.call('GET', '/members')).status).toBe(200);
});
