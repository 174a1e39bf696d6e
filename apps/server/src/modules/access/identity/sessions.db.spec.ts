import type { Session } from '@im/contracts/api/auth';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiClient } from '../../../testing/api-client.js';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { addTenant } from '../../../testing/tenants.js';
import { AccessModule } from '../access.module.js';

const LOGIN = ['admin@example.com', 'correct horse battery'] as const;

let api: TestApi;
let admin: ApiClient;

beforeAll(async () => {
  api = await startTestApi([AccessModule]);
});

beforeEach(async () => {
  await api.database.query('DELETE FROM sessions');
  admin = await api.anonymous.logIn(...LOGIN);
});

afterAll(async () => {
  await api.stop();
});

const sessionsOf = (client: ApiClient) => client.data<Session[]>('GET', '/auth/sessions');
const statusOf = async (client: ApiClient) => (await client.call('GET', '/auth/me')).status;

describe('one’s sessions', () => {
  it('are listed with device, address and which is this one, and without credentials', async () => {
    const headers = { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/144.0' };
    const elsewhere = await api.anonymous.with(headers).logIn(...LOGIN);
    const sessions = await sessionsOf(admin);
    expect(sessions).toMatchObject([
      { device: 'Firefox 144 · Windows', isCurrent: false, ipAddress: '127.0.0.1', method: 'password' },
      { isCurrent: true },
    ]);
    for (const cookie of [admin.headers.cookie!, elsewhere.headers.cookie!]) {
      expect(JSON.stringify(sessions)).not.toContain(cookie.split('=')[1]);
    }
    const { sessionId } = sessions[0]!;
    expect(await statusOf(api.anonymous.with({ cookie: `imc_session=${sessionId}` }))).toBe(401);
  });

  it('are listed page by page', async () => {
    await api.anonymous.logIn(...LOGIN);
    const first = await admin.call('GET', '/auth/sessions?limit=1');
    const { nextCursor } = (first.body as { page: { nextCursor: string } }).page;
    const second = await admin.call('GET', `/auth/sessions?limit=1&cursor=${nextCursor}`);
    expect(second.body).toMatchObject({ data: [{ isCurrent: true }], page: { nextCursor: null } });
  });

  it('end one by one, at once', async () => {
    const elsewhere = await api.anonymous.logIn(...LOGIN);
    const [other] = await sessionsOf(admin);
    expect((await admin.call('DELETE', `/auth/sessions/${other!.sessionId}`)).status).toBe(204);
    expect(await statusOf(elsewhere)).toBe(401);
    expect(await statusOf(admin)).toBe(200);
    expect((await admin.call('DELETE', `/auth/sessions/${other!.sessionId}`)).status).toBe(404);
  });

  it('end all at once, but this one', async () => {
    const others = [await api.anonymous.logIn(...LOGIN), await api.anonymous.logIn(...LOGIN)];
    expect((await admin.call('DELETE', '/auth/sessions')).status).toBe(204);
    expect(await Promise.all(others.map(statusOf))).toEqual([401, 401]);
    expect(await statusOf(admin)).toBe(200);
    const [entry] = await admin.data<unknown[]>('GET', '/audit-log?action=auth.sessions_revoked');
    expect(entry).toMatchObject({ actor: LOGIN[0], detail: { ended: 2 } });
  });

  it('are invisible to others, even to members of the tenant', async () => {
    const body = { email: 'dev@example.com', role: 'developer', password: 'a good password' };
    await admin.data('POST', '/members', { body });
    const dev = await api.anonymous.logIn(body.email, body.password);
    const [own] = await sessionsOf(admin);
    expect((await dev.call('DELETE', `/auth/sessions/${own!.sessionId}`)).status).toBe(404);
    expect(await sessionsOf(dev)).toHaveLength(1);
    expect(await statusOf(admin)).toBe(200);
  });
});

describe('the sessions of a member', () => {
  it('end when an admin says so', async () => {
    const body = { email: 'sue@example.com', role: 'support', password: 'a good password' };
    const { memberId } = await admin.data<MemberWithPassword>('POST', '/members', { body });
    const sue = await api.anonymous.logIn(body.email, body.password);
    expect((await sue.call('POST', `/members/${memberId}/sessions/revoke`)).status).toBe(403);
    expect((await admin.call('POST', `/members/${memberId}/sessions/revoke`)).status).toBe(204);
    expect(await statusOf(sue)).toBe(401);
    const [entry] = await admin.data<unknown[]>('GET', '/audit-log?action=member.sessions_revoked');
    expect(entry).toMatchObject({ targetId: memberId, detail: { email: body.email, ended: 1 } });
  });

  it('of another tenant are out of reach', async () => {
    const other = await addTenant(api, 'sessions@example.org');
    expect((await admin.call('POST', `/members/${other.adminId}/sessions/revoke`)).status).toBe(404);
    expect(await statusOf(other.admin)).toBe(200);
  });
});
