import type { CurrentUser } from '@im/contracts/api/auth';
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import type { RecoveryCodes, SecondFactorSetUp } from '@im/contracts/api/second-factor';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../../testing/api-client.js';
import { eventually } from '../../../../testing/app-under-test.js';
import { startTestApi, type TestApi } from '../../../../testing/test-api.js';
import { addTenant } from '../../../../testing/tenants.js';
import { AccessModule } from '../../access.module.js';

const LOGIN = ['admin@example.com', 'correct horse battery'] as const;
const DEV_LOGIN = ['dev@example.com', 'a good password'] as const;
const STEP_MS = 30_000;

let api: TestApi;
let admin: ApiClient;
let dev: ApiClient;
let devId: string;

beforeAll(async () => {
  api = await startTestApi([AccessModule]);
  api.stopClock();
});

beforeEach(async () => {
  await api.database.query('DELETE FROM login_throttles');
  await api.database.query('DELETE FROM second_factors');
  await api.database.query('UPDATE tenants SET requires_second_factor = false');
  await api.database.query(`DELETE FROM users WHERE email <> 'admin@example.com'`);
  admin = await api.anonymous.logIn(...LOGIN);
  const [email, password] = DEV_LOGIN;
  const body = { email, password, role: 'developer' };
  devId = (await admin.data<MemberWithPassword>('POST', '/members', { body })).memberId;
  dev = await api.anonymous.logIn(...DEV_LOGIN);
  api.moveClockBy(STEP_MS);
});

afterAll(async () => {
  await api.stop();
});

/** What an authenticator shows that was given the secret, some steps from now. */
function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: api.nowMs() + steps * STEP_MS,
  });
}

async function setUp(client: ApiClient): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await client.data<SecondFactorSetUp>('POST', '/auth/totp');
  const body = { code: codeOf(secret) };
  const { recoveryCodes } = await client.data<RecoveryCodes>('POST', '/auth/totp/confirm', { body });
  api.moveClockBy(STEP_MS);
  return { secret, recoveryCodes };
}

function logIn(code?: string, [email, password]: readonly [string, string] = DEV_LOGIN): Promise<ApiAnswer> {
  return api.anonymous.call('POST', '/auth/login', { body: { email, password, ...(code && { code }) } });
}

const problemOf = (answer: ApiAnswer) => `${answer.status} ${(answer.body as { code?: string }).code ?? ''}`;
const me = (client: ApiClient) => client.data<CurrentUser>('GET', '/auth/me');

describe('setting up a second factor', () => {
  it('counts once a code is confirmed, and ends the other sessions', async () => {
    const elsewhere = await api.anonymous.logIn(...DEV_LOGIN);
    const { secret, otpauthUri } = await dev.data<SecondFactorSetUp>('POST', '/auth/totp');
    expect(new URL(otpauthUri).searchParams.get('secret')).toBe(secret);
    expect((await logIn()).status).toBe(200);
    const body = { code: codeOf(secret) };
    const { recoveryCodes } = await dev.data<RecoveryCodes>('POST', '/auth/totp/confirm', { body });
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await me(dev)).toMatchObject({ hasSecondFactor: true, mustSetUpSecondFactor: false });
    expect((await elsewhere.call('GET', '/auth/me')).status).toBe(401);
    expect(problemOf(await logIn())).toBe('401 second_factor_required');
  });

  it('keeps neither the secret nor a recovery code readable', async () => {
    const { secret, recoveryCodes } = await setUp(dev);
    const rows = await api.database.query<{ text: string }>(
      'SELECT f::text || r::text AS text FROM second_factors f JOIN recovery_codes r USING (user_id)',
    );
    const text = rows.map((row) => row.text).join();
    for (const value of [secret, Buffer.from(secret).toString('hex'), ...recoveryCodes]) {
      expect(text).not.toContain(value);
    }
  });

  it.each([
    ['a wrong code', (secret: string) => (codeOf(secret) === '000000' ? '000001' : '000000')],
    ['a code two steps old', (secret: string) => codeOf(secret, -2)],
    ['no code at all', () => undefined],
  ])('does not count with %s', async (_, codeFor) => {
    const { secret } = await dev.data<SecondFactorSetUp>('POST', '/auth/totp');
    const answer = await dev.call('POST', '/auth/totp/confirm', { body: { code: codeFor(secret) } });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/code' }] });
    expect((await logIn()).status).toBe(200);
  });

  it('starts again with another secret until it is confirmed, and never replaces a confirmed one', async () => {
    const first = await dev.data<SecondFactorSetUp>('POST', '/auth/totp');
    const second = await dev.data<SecondFactorSetUp>('POST', '/auth/totp');
    const confirm = (secret: string) =>
      dev.call('POST', '/auth/totp/confirm', { body: { code: codeOf(secret) } });
    expect((await confirm(first.secret)).status).toBe(422);
    expect((await confirm(second.secret)).status).toBe(200);
    expect((await confirm(second.secret)).status).toBe(409);
    expect((await dev.call('POST', '/auth/totp')).status).toBe(409);
  });

  describe('ten minutes after logging in', () => {
    const begin = (password?: string) =>
      dev.call('POST', '/auth/totp', { body: { ...(password !== undefined && { password }) } });

    beforeEach(() => {
      api.moveClockBy(10 * 60_000);
    });

    it('takes the password: a cookie does not prove who uses it', async () => {
      const without = await begin();
      expect(problemOf(without)).toBe('422 invalid_input');
      expect(without.body).toMatchObject({ errors: [{ pointer: '/password', code: 'required' }] });
      expect(problemOf(await begin('wrong'))).toBe('401 invalid_credentials');
      expect(await api.database.query('SELECT 1 FROM second_factors')).toEqual([]);
      expect((await begin(DEV_LOGIN[1])).status).toBe(200);
    });

    it('is throttled like logging in, and asking without a password does not count', async () => {
      for (let tries = 1; tries <= 6; tries += 1) expect((await begin()).status).toBe(422);
      for (let tries = 1; tries <= 5; tries += 1) expect((await begin('wrong')).status).toBe(401);
      expect((await begin(DEV_LOGIN[1])).status).toBe(429);
      expect((await logIn()).status).toBe(429);
    });
  });

  it('refuses a wrong password even when none is required', async () => {
    const answer = await dev.call('POST', '/auth/totp', { body: { password: 'wrong' } });
    expect(problemOf(answer)).toBe('401 invalid_credentials');
  });

  it('cannot be confirmed before it is begun', async () => {
    expect((await dev.call('POST', '/auth/totp/confirm', { body: { code: '123456' } })).status).toBe(409);
  });
});

describe('logging in with a second factor', () => {
  it.each([
    ['of this moment', 0, 200],
    ['of the step before', -1, 401],
    ['of the step after', 1, 200],
    ['of two steps before', -2, 401],
    ['of two steps after', 2, 401],
  ])('takes a code %s: %#', async (_, steps, status) => {
    // Confirming used up the step before this one.
    const { secret } = await setUp(dev);
    const answer = await logIn(codeOf(secret, steps));
    expect(answer.status).toBe(status);
  });

  it('takes each code once, however many ask at the same time', async () => {
    const { secret } = await setUp(dev);
    const code = codeOf(secret);
    const answers = await Promise.all(Array.from({ length: 4 }, () => logIn(code)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401, 401]);
    api.moveClockBy(STEP_MS);
    expect((await logIn(codeOf(secret))).status).toBe(200);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { recoveryCodes } = await setUp(dev);
    const [first, second] = recoveryCodes;
    expect((await logIn(first)).status).toBe(200);
    expect(problemOf(await logIn(first))).toBe('401 second_factor_invalid');
    expect((await logIn(second!.toUpperCase().replaceAll('-', ' '))).status).toBe(200);
    expect(await dev.data('GET', '/auth/totp')).toMatchObject({ isEnabled: true, recoveryCodesLeft: 8 });
    const [entry] = await admin.data<unknown[]>('GET', '/audit-log?action=auth.login&limit=1');
    expect(entry).toMatchObject({ detail: { method: 'password', secondFactor: 'recovery_code' } });
  });

  it('reveals it only after the right password', async () => {
    await setUp(dev);
    const body = { email: DEV_LOGIN[0], password: 'wrong', code: '123456' };
    expect(problemOf(await api.anonymous.call('POST', '/auth/login', { body }))).toBe(
      '401 invalid_credentials',
    );
  });

  it('counts wrong codes like wrong passwords, and asking for a code does not clear the count', async () => {
    await setUp(dev);
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(problemOf(await logIn('no such code'))).toBe('401 second_factor_invalid');
      expect(problemOf(await logIn())).toBe('401 second_factor_required');
    }
    expect((await logIn('no such code')).status).toBe(401);
    expect((await logIn()).status).toBe(429);
  });

  it('is not asked of a member who has none, and a code sent along does no harm', async () => {
    expect((await logIn('123456')).status).toBe(200);
  });
});

describe('turning the second factor off', () => {
  it.each([
    ['the password', (): object => ({ password: DEV_LOGIN[1] }), 204],
    ['a code', (secret: string): object => ({ code: codeOf(secret) }), 204],
    ['a wrong password', (): object => ({ password: 'wrong' }), 422],
    ['a wrong code', (): object => ({ code: 'wrong' }), 422],
    ['both', (secret: string): object => ({ password: DEV_LOGIN[1], code: codeOf(secret) }), 422],
    ['neither', (): object => ({}), 422],
  ])('with %s', async (_, bodyFor, status) => {
    const { secret } = await setUp(dev);
    expect((await dev.call('DELETE', '/auth/totp', { body: bodyFor(secret) })).status).toBe(status);
    expect((await me(dev)).hasSecondFactor).toBe(status !== 204);
  });

  it('is a conflict when there is none', async () => {
    expect((await dev.call('DELETE', '/auth/totp', { body: { password: 'x' } })).status).toBe(409);
  });

  it('is done by an admin for a member who lost it, whose sessions end', async () => {
    await setUp(dev);
    const [member] = await admin.data<Member[]>('GET', '/members?limit=1');
    expect(member).toMatchObject({ memberId: devId, hasSecondFactor: true });
    expect((await dev.call('POST', `/members/${devId}/totp/reset`)).status).toBe(403);
    expect((await admin.call('POST', `/members/${devId}/totp/reset`)).status).toBe(204);
    expect((await dev.call('GET', '/auth/me')).status).toBe(401);
    expect((await logIn()).status).toBe(200);
    expect((await admin.call('POST', `/members/${devId}/totp/reset`)).status).toBe(409);
  });

  it('is not done by an admin for themselves or for another tenant', async () => {
    await setUp(admin);
    const { userId } = await me(admin);
    expect((await admin.call('POST', `/members/${userId}/totp/reset`)).status).toBe(409);
    const other = await addTenant(api, 'factor@example.org');
    expect((await other.admin.call('POST', `/members/${devId}/totp/reset`)).status).toBe(404);
  });
});

describe('a tenant that requires a second factor', () => {
  it('requires it of its admin first', async () => {
    const body = { requiresSecondFactor: true };
    expect((await admin.call('PATCH', '/tenant', { body })).status).toBe(409);
    await setUp(admin);
    expect(await dev.data('GET', '/tenant')).toMatchObject({ requiresSecondFactor: false });
    expect((await dev.call('PATCH', '/tenant', { body })).status).toBe(403);
    expect(await admin.data('PATCH', '/tenant', { body })).toMatchObject(body);
  });

  it('lets a member without one set it up and nothing else, at once and after logging in', async () => {
    await api.database.query('UPDATE tenants SET requires_second_factor = true');
    for (const client of [dev, await api.anonymous.logIn(...DEV_LOGIN)]) {
      expect(await me(client)).toMatchObject({ hasSecondFactor: false, mustSetUpSecondFactor: true });
      const answer = await client.call('GET', '/api-tokens');
      expect(problemOf(answer)).toBe('403 second_factor_setup_required');
    }
    await setUp(dev);
    expect(await me(dev)).toMatchObject({ hasSecondFactor: true, mustSetUpSecondFactor: false });
    expect((await dev.call('GET', '/api-tokens')).status).toBe(200);
  });
});

it('is all in the audit log, with failed logins, but never more of those than fit', async () => {
  const { secret } = await setUp(dev);
  await logIn('no such code');
  await dev.call('DELETE', '/auth/totp', { body: { code: codeOf(secret) } });
  const actions = await eventually(async () => {
    const entries = await admin.data<{ action: string; actor: string; detail: object }[]>(
      'GET',
      '/audit-log?limit=4',
    );
    return entries.some((entry) => entry.action === 'auth.login_failed') && entries;
  });
  expect(actions.map((entry) => entry.action)).toEqual(
    expect.arrayContaining(['auth.second_factor_removed', 'auth.login_failed', 'auth.second_factor_enabled']),
  );
  expect(actions.find((entry) => entry.action === 'auth.login_failed')).toMatchObject({
    actor: DEV_LOGIN[0],
    detail: { reason: 'wrong_code' },
  });
  for (let tries = 1; tries <= 30; tries += 1) {
    await api.database.query('DELETE FROM login_throttles');
    await logIn(undefined, [DEV_LOGIN[0], `wrong ${tries}`]);
  }
  const failed = await admin.data<{ targetId: string }[]>(
    'GET',
    '/audit-log?action=auth.login_failed&limit=200',
  );
  expect(failed.filter((entry) => entry.targetId === devId).length).toBeLessThanOrEqual(20);
  expect(JSON.stringify(failed)).not.toContain('wrong 1');
});
