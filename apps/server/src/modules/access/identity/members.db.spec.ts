import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../testing/api-client.js';
import { addApiToken } from '../../../testing/apps.js';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { addTenant } from '../../../testing/tenants.js';
import { AccessModule } from '../access.module.js';

let api: TestApi;
let admin: ApiClient;
let adminId: string;

beforeAll(async () => {
  api = await startTestApi([AccessModule]);
});

beforeEach(async () => {
  await api.database.query(`DELETE FROM users WHERE email <> 'admin@example.com'`);
  admin = await api.anonymous.logIn('admin@example.com', 'correct horse battery');
  adminId = (await admin.data<{ userId: string }>('GET', '/auth/me')).userId;
});

afterAll(async () => {
  await api.stop();
});

function addMember(override: object = {}): Promise<MemberWithPassword> {
  const body = { email: 'dev@example.com', role: 'developer', password: 'a good password', ...override };
  return admin.data('POST', '/members', { body });
}

describe('members', () => {
  it('are added with a password of their own, or one shown once', async () => {
    expect(await addMember()).not.toHaveProperty('temporaryPassword');
    const { temporaryPassword } = await addMember({ email: 'sue@example.com', password: undefined });
    await api.anonymous.logIn('sue@example.com', temporaryPassword!);
    const members = await admin.data<Member[]>('GET', '/members');
    expect(members.map((member) => member.email)).toEqual([
      'sue@example.com',
      'dev@example.com',
      'admin@example.com',
    ]);
    expect(JSON.stringify(members)).not.toContain('assword');
  });

  it('are listed page by page', async () => {
    await addMember();
    const first = await admin.call('GET', '/members?limit=1');
    expect(first.body).toMatchObject({ data: [{ email: 'dev@example.com' }] });
    const { nextCursor } = (first.body as { page: { nextCursor: string } }).page;
    const second = await admin.call('GET', `/members?limit=1&cursor=${nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ email: 'admin@example.com' }], page: { nextCursor: null } });
    expect((await admin.call('GET', '/members?cursor=here')).status).toBe(422);
  });

  it('have a unique email, regardless of case', async () => {
    const body = { email: 'ADMIN@example.com', role: 'support' };
    const answer = await admin.call('POST', '/members', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/email', code: 'already_taken' }] });
  });

  it.each(['developer', 'support'])('are the business of admins, not of %s', async (role) => {
    await addMember({ role });
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    expect((await member.call('GET', '/members')).status).toBe(403);
    expect((await member.call('GET', '/audit-log')).status).toBe(403);
    expect((await member.call('GET', '/auth/me')).status).toBe(200);
  });

  it('know some of the admins whom they can ask, none who cannot log in', async () => {
    const addAdmin = (email: string) => addMember({ email, role: 'admin' });
    await addMember({ role: 'support' });
    const { memberId } = await addAdmin('away@example.com');
    await admin.data('PATCH', `/members/${memberId}`, { body: { isDisabled: true } });
    for (const email of ['b@example.com', 'c@example.com', 'd@example.com']) await addAdmin(email);
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    expect(await member.data('GET', '/tenant')).toMatchObject({
      adminEmails: ['admin@example.com', 'b@example.com', 'c@example.com'],
    });
  });

  it.each([{ role: 'support' }, { isDisabled: true }])('lose their sessions with %j', async (change) => {
    const { memberId } = await addMember();
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    await admin.data('PATCH', `/members/${memberId}`, { body: change });
    expect((await member.call('GET', '/auth/me')).status).toBe(401);
  });

  it.each<[string, 'PATCH' | 'DELETE', object | undefined, number]>([
    ['made support', 'PATCH', { role: 'support' }, 401],
    ['disabled', 'PATCH', { isDisabled: true }, 401],
    ['removed', 'DELETE', undefined, 401],
    ['made admin', 'PATCH', { role: 'admin' }, 403],
    ['renamed', 'PATCH', { name: 'Dev' }, 403],
  ])('who are %s: what becomes of the API tokens they made', async (_, method, change, status) => {
    const { memberId } = await addMember();
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    const own = await addApiToken(member, ['events:write'], { name: 'deploy' });
    const others = await addApiToken(admin, ['events:write']);
    const answer = await admin.call(method, `/members/${memberId}`, change && { body: change });
    expect(answer.status).toBeLessThan(300);
    // 401: the token does not exist; 403: it exists, but not for this.
    const statusOf = async (token: string) =>
      (await api.anonymous.withToken(token).call('GET', '/api-tokens')).status;
    expect(await statusOf(own.token)).toBe(status);
    expect(await statusOf(others.token)).toBe(403);
    const [entry] = await admin.data<{ detail: object }[]>('GET', '/audit-log?limit=1');
    const revoked = status === 401 ? { revokedApiTokens: ['deploy'] } : undefined;
    expect(entry?.detail).toEqual({ email: 'dev@example.com', ...change, ...revoked });
  });

  it('keep their sessions when only the name changes', async () => {
    const { memberId } = await addMember();
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    await admin.data('PATCH', `/members/${memberId}`, { body: { name: 'Dev' } });
    expect(await member.data('GET', '/auth/me')).toMatchObject({ name: 'Dev' });
  });

  it('cannot log in while disabled', async () => {
    const { memberId } = await addMember();
    await admin.data('PATCH', `/members/${memberId}`, { body: { isDisabled: true } });
    const body = { email: 'dev@example.com', password: 'a good password' };
    expect((await api.anonymous.call('POST', '/auth/login', { body })).body).toMatchObject({
      code: 'invalid_credentials',
    });
  });

  it('get a new password when the old one is lost', async () => {
    const { memberId } = await addMember();
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    const { temporaryPassword } = await admin.data<MemberWithPassword>('POST', `/members/${memberId}/reset`);
    expect((await member.call('GET', '/auth/me')).status).toBe(401);
    await expect(api.anonymous.logIn('dev@example.com', 'a good password')).rejects.toThrow('401');
    await api.anonymous.logIn('dev@example.com', temporaryPassword!);
  });

  it('leave the audit log behind', async () => {
    const { memberId } = await addMember();
    await admin.call('DELETE', `/members/${memberId}`);
    const entries = await admin.data<{ action: string; targetId: string }[]>('GET', '/audit-log');
    const actions = entries.filter((entry) => entry.targetId === memberId).map((entry) => entry.action);
    expect(actions).toEqual(['member.deleted', 'member.created']);
  });
});

describe('the last enabled admin', () => {
  it.each([{ role: 'developer' }, { isDisabled: true }])('cannot be changed to %j', async (change) => {
    await addMember();
    const answer = await admin.call('PATCH', `/members/${adminId}`, { body: change });
    expect(answer.status).toBe(409);
    expect(await admin.data('GET', '/auth/me')).toMatchObject({ role: 'admin' });
  });

  it('cannot be deleted, not even when two admins delete each other at once', async () => {
    expect((await admin.call('DELETE', `/members/${adminId}`)).status).toBe(409);
    const { memberId } = await addMember({ role: 'admin' });
    await admin.data('PATCH', `/members/${memberId}`, { body: { isOperator: true } });
    const second = await api.anonymous.logIn('dev@example.com', 'a good password');
    const answers = await Promise.all([
      admin.call('PATCH', `/members/${memberId}`, { body: { role: 'support', isOperator: false } }),
      second.call('PATCH', `/members/${adminId}`, { body: { role: 'support', isOperator: false } }),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    await api.database.query(`UPDATE users SET role = 'admin', is_operator = true WHERE user_id = $1`, [
      adminId,
    ]);
  });
});

describe('an operator', () => {
  it('is the first admin, and makes others', async () => {
    const { memberId } = await addMember({ role: 'admin' });
    expect(await admin.data('GET', '/auth/me')).toMatchObject({ isOperator: true });
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    expect(await member.data('GET', '/auth/me')).toMatchObject({ isOperator: false });
    const body = { isOperator: true };
    expect(await admin.data('PATCH', `/members/${memberId}`, { body })).toMatchObject(body);
    expect(await member.data('GET', '/auth/me')).toMatchObject(body);
  });

  it('is an admin', async () => {
    const { memberId } = await addMember();
    const body = { isOperator: true };
    expect((await admin.call('PATCH', `/members/${memberId}`, { body })).status).toBe(409);
    await admin.data('PATCH', `/members/${memberId}`, { body: { role: 'admin', isOperator: true } });
    expect((await admin.call('PATCH', `/members/${memberId}`, { body: { role: 'support' } })).status).toBe(
      409,
    );
  });

  it.each([
    ['PATCH', '', { role: 'admin', isOperator: true }, 'self'],
    ['PATCH', '', { name: 'Taken over' }, 'operator'],
    ['DELETE', '', undefined, 'operator'],
    ['POST', '/reset', undefined, 'operator'],
    ['POST', '/totp/reset', undefined, 'operator'],
  ] as const)('is out of reach of other admins: %s %s %j', async (method, path, body, whom) => {
    const { memberId } = await addMember({ role: 'admin' });
    const member = await api.anonymous.logIn('dev@example.com', 'a good password');
    const targetId = whom === 'self' ? memberId : adminId;
    const answer = await member.call(method, `/members/${targetId}${path}`, body && { body });
    expect(answer.status).toBe(403);
    expect(await member.data('GET', '/auth/me')).toMatchObject({ isOperator: false });
  });

  it('stays while there is no other', async () => {
    await addMember({ role: 'admin' });
    for (const body of [{ isOperator: false }, { isDisabled: true }]) {
      expect((await admin.call('PATCH', `/members/${adminId}`, { body })).status).toBe(409);
    }
    expect((await admin.call('DELETE', `/members/${adminId}`)).status).toBe(409);
  });
});

describe('members of another tenant', () => {
  it('do not exist', async () => {
    const other = await addTenant(api, 'other@example.org');
    const members = await admin.data<Member[]>('GET', '/members');
    expect(members.map((member) => member.email)).not.toContain('other@example.org');
    for (const [method, path] of [
      ['PATCH', `/members/${other.adminId}`],
      ['DELETE', `/members/${other.adminId}`],
      ['POST', `/members/${other.adminId}/reset`],
      ['DELETE', '/members/no-uuid'],
    ] as const) {
      const answer = await admin.call(method, path, method === 'PATCH' ? { body: { name: 'x' } } : {});
      expect(answer.status).toBe(404);
    }
  });
});
