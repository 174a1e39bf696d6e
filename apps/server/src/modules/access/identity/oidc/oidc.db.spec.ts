import { CSRF_HEADER, CSRF_HEADER_VALUE, type AuthMethods, type CurrentUser } from '@im/contracts/api/auth';
import type { Member, MemberWithPassword } from '@im/contracts/api/members';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ApiAnswer, ApiClient } from '../../../../testing/api-client.js';
import { OidcProvider } from '../../../../testing/oidc-provider.js';
import { startTestApi, type TestApi } from '../../../../testing/test-api.js';
import { addTenant } from '../../../../testing/tenants.js';
import { AccessModule } from '../../access.module.js';

const LOGIN = ['admin@example.com', 'correct horse battery'] as const;
const LI = { email: 'li@example.com', email_verified: true, name: 'Li' };

let provider: OidcProvider;
let api: TestApi;
let admin: ApiClient;

beforeAll(async () => {
  provider = await OidcProvider.start();
  api = await startTestApi([AccessModule], {
    PUBLIC_URL: 'https://callbacks.example.com/',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_LABEL: 'Example SSO',
    OIDC_CREATE_MEMBERS: 'true',
    OIDC_DEFAULT_ROLE: 'developer',
    OIDC_ROLE_CLAIM: 'groups',
    OIDC_ROLE_MAP: 'im-admins=admin,im-support=support',
  });
});

beforeEach(async () => {
  await api.database.query(`DELETE FROM users WHERE email <> 'admin@example.com'`);
  await api.database.query('UPDATE tenants SET requires_second_factor = false, suspended_at = NULL');
  admin = await api.anonymous.logIn(...LOGIN);
  provider.claims = LI;
});

afterEach(() => {
  provider.wrongClaims = {};
  provider.denial = undefined;
  provider.isForged = false;
});

afterAll(async () => {
  await api.stop();
  await provider.stop();
});

/** All cookies an answer sets, as a browser sends them. */
function cookiesOf(answer: ApiAnswer): Record<string, string> {
  const lines = [answer.headers['set-cookie'] ?? []].flat().map(String);
  return Object.fromEntries(lines.map((line) => (line.split(';')[0] ?? '').split('=') as [string, string]));
}

const headerOf = (cookies: Record<string, string>) => ({
  cookie: Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; '),
});

async function begin(query = '') {
  const answer = await api.anonymous.call('GET', `/auth/oidc/login${query}`);
  expect(answer.status).toBe(302);
  const back = await provider.visit(String(answer.headers.location));
  return { begun: answer, cookies: cookiesOf(answer), back };
}

/** The path below the API that the provider sends the browser to. */
function callbackPath(back: URL): string {
  expect(back.href).toContain('https://callbacks.example.com/api/v1/auth/oidc/callback?');
  return back.pathname.replace('/api/v1', '') + back.search;
}

async function logIn(query = ''): Promise<{ answer: ApiAnswer; location: string; client: ApiClient }> {
  const { cookies, back } = await begin(query);
  const answer = await api.anonymous.call('GET', callbackPath(back), { headers: headerOf(cookies) });
  expect(answer.status).toBe(302);
  const session = cookiesOf(answer)['__Host-imc_session'];
  const client = api.anonymous.with({
    [CSRF_HEADER]: CSRF_HEADER_VALUE,
    ...(session !== undefined && headerOf({ '__Host-imc_session': session })),
  });
  return { answer, location: String(answer.headers.location), client };
}

const me = (client: ApiClient) => client.data<CurrentUser>('GET', '/auth/me');

async function addMember(override: object = {}): Promise<MemberWithPassword> {
  const body = { email: LI.email, role: 'developer', password: 'a good password', ...override };
  return admin.data('POST', '/members', { body });
}

describe('logging in through single sign-on', () => {
  it('is offered on the login page', async () => {
    expect(await api.anonymous.data('GET', '/auth/methods')).toEqual({
      password: true,
      oidc: { label: 'Example SSO', url: '/api/v1/auth/oidc/login' },
    });
  });

  it('opens a session for the member with that email, and the page they wanted', async () => {
    await addMember({ email: 'LI@example.com', role: 'support' });
    const { answer, location, client } = await logIn('?redirect=%2Fapps%2Fak_1%3Fa%3Db');
    expect(location).toBe('/apps/ak_1?a=b');
    expect(String(answer.headers['set-cookie'])).toMatch(
      /__Host-imc_session=[\w-]{43};.*HttpOnly; Secure; SameSite=Lax/,
    );
    expect(await me(client)).toMatchObject({ email: LI.email, role: 'support' });
    const [session] = await client.data<unknown[]>('GET', '/auth/sessions');
    expect(session).toMatchObject({ method: 'oidc', isCurrent: true });
    const [entry] = await admin.data<unknown[]>('GET', '/audit-log?action=auth.login&limit=1');
    expect(entry).toMatchObject({ actor: LI.email, detail: { method: 'oidc' } });
  });

  it('keeps what it remembers of a login out of reach, in the browser', async () => {
    const { begun, cookies } = await begin();
    expect(String(begun.headers['set-cookie'])).toMatch(
      /^imc_oidc=[\w-]+; Max-Age=600; Path=\/api\/v1\/auth\/oidc; HttpOnly; Secure; SameSite=Lax$/,
    );
    const url = new URL(String(begun.headers.location));
    const readable = Buffer.from(cookies.imc_oidc!, 'base64url').toString('latin1');
    expect(readable).not.toContain(url.searchParams.get('state'));
  });

  it('makes a member of a new person, with the default role or the one of the claim', async () => {
    expect(await me((await logIn()).client)).toMatchObject({ name: 'Li', role: 'developer' });
    provider.claims = { ...LI, email: 'sue@example.com', groups: ['staff', 'im-support'] };
    expect(await me((await logIn()).client)).toMatchObject({ role: 'support' });
    const members = await admin.data<Member[]>('GET', '/members');
    expect(members.map((member) => member.email)).toEqual(['sue@example.com', LI.email, LOGIN[0]]);
    const body = { email: LI.email, password: '' };
    expect((await api.anonymous.call('POST', '/auth/login', { body })).status).toBe(422);
  });

  it('follows the claim at each login, and ends the sessions of the role before', async () => {
    const before = await logIn();
    provider.claims = { ...LI, groups: 'im-admins' };
    expect(await me((await logIn()).client)).toMatchObject({ role: 'admin' });
    expect((await before.client.call('GET', '/auth/me')).status).toBe(401);
  });

  it('never takes the last admin or an operator away', async () => {
    provider.claims = { email: LOGIN[0], email_verified: true, groups: ['im-support'] };
    expect(await me((await logIn()).client)).toMatchObject({ role: 'admin' });
    expect(await me(admin)).toMatchObject({ role: 'admin', isOperator: true });
  });

  it('gives no operator rights: operators log in with the password for those', async () => {
    provider.claims = { email: LOGIN[0], email_verified: true };
    const { client } = await logIn();
    const { userId, isOperator } = await me(client);
    expect(isOperator).toBe(false);
    expect((await client.call('GET', '/tenants')).status).toBe(403);
    const { memberId } = await addMember();
    for (const [path, body] of [
      [`/members/${memberId}`, { role: 'admin', isOperator: true }],
      [`/members/${userId}`, { name: 'Else' }],
    ] as const) {
      const answer = await client.call('PATCH', path, { body });
      expect(answer.body).toMatchObject({ status: 403, code: 'forbidden' });
    }
    expect((await client.call('PATCH', `/members/${memberId}`, { body: { role: 'support' } })).status).toBe(
      200,
    );
    expect((await admin.call('GET', '/tenants')).status).toBe(200);
  });

  it('asks no password of a member who sets up a second factor, but of an operator', async () => {
    await addMember();
    const { client } = await logIn();
    provider.claims = { email: LOGIN[0], email_verified: true };
    const { client: operator } = await logIn();
    await api.database.query(`UPDATE sessions SET created_at = created_at - interval '11 minutes'`);
    expect((await client.call('POST', '/auth/totp')).status).toBe(200);
    expect((await operator.call('POST', '/auth/totp')).status).toBe(422);
    expect((await operator.call('POST', '/auth/totp', { body: { password: LOGIN[1] } })).status).toBe(200);
  });

  it('leaves the second factor to the provider', async () => {
    await api.database.query('UPDATE tenants SET requires_second_factor = true');
    expect(await me((await logIn()).client)).toMatchObject({
      mustSetUpSecondFactor: false,
      mustChangePassword: false,
    });
  });
});

describe('single sign-on refuses a person', () => {
  it.each<[string, string, () => unknown]>([
    ['with an unverified email', 'no_email', () => (provider.claims = { ...LI, email_verified: false })],
    ['without an email', 'no_email', () => (provider.claims = {})],
    ['who says no', 'denied', () => (provider.denial = 'access_denied')],
    ['when the provider cannot', 'failed', () => (provider.denial = 'server_error')],
    ['with an id token of another key', 'failed', () => (provider.isForged = true)],
    [
      'with an id token for another client',
      'failed',
      () => (provider.wrongClaims = { aud: 'another-client' }),
    ],
    [
      'with an id token of another issuer',
      'failed',
      () => (provider.wrongClaims = { iss: 'https://evil.example' }),
    ],
    ['with an id token of another login', 'failed', () => (provider.wrongClaims = { nonce: 'other' })],
    ['with an id token that is over', 'failed', () => (provider.wrongClaims = { exp: 1_700_000_000 })],
  ])('%s', async (_, reason, prepare) => {
    prepare();
    const { answer, location } = await logIn();
    expect(location).toBe(`/login?sso=${reason}`);
    expect(cookiesOf(answer)).not.toHaveProperty('__Host-imc_session');
  });

  it('who is disabled', async () => {
    const { memberId } = await addMember();
    await admin.data('PATCH', `/members/${memberId}`, { body: { isDisabled: true } });
    expect((await logIn()).location).toBe('/login?sso=disabled');
  });

  it('of a suspended tenant', async () => {
    await api.database.query('UPDATE tenants SET suspended_at = now()');
    expect((await logIn()).location).toBe('/login?sso=suspended');
  });

  it('of another tenant, even if the provider claims so', async () => {
    await addTenant(api, 'boss@example.org');
    provider.claims = { email: 'boss@example.org', email_verified: true, groups: ['im-admins'] };
    expect((await logIn()).location).toBe('/login?sso=unknown_member');
  });

  it.each<[string, (back: URL, cookies: Record<string, string>) => void]>([
    ['with the state of another login', (back) => back.searchParams.set('state', 'other')],
    ['in another browser', (_, cookies) => delete cookies.imc_oidc],
    ['with a forged cookie', (_, cookies) => (cookies.imc_oidc = 'AAAA')],
    ['after ten minutes', () => api.moveClockBy(600_001)],
    ['with no answer at all', (back) => (back.search = '')],
  ])('%s', async (_, spoil) => {
    const { cookies, back } = await begin();
    spoil(back, cookies);
    const path = back.pathname.replace('/api/v1', '') + back.search;
    const answer = await api.anonymous.call('GET', path, { headers: headerOf(cookies) });
    expect(answer.headers.location).toBe('/login?sso=expired');
  });

  it('twice with the same code', async () => {
    const { cookies, back } = await begin();
    const again = () => api.anonymous.call('GET', callbackPath(back), { headers: headerOf(cookies) });
    expect((await again()).headers.location).toBe('/');
    expect((await again()).headers.location).toBe('/login?sso=failed');
  });
});

describe('where single sign-on', () => {
  async function withApi(
    overrides: Record<string, string>,
    test: (other: TestApi) => Promise<void>,
  ): Promise<void> {
    const other = await startTestApi([AccessModule], overrides);
    try {
      await test(other);
    } finally {
      await other.stop();
    }
  }
  const settings = () => ({
    PUBLIC_URL: 'https://callbacks.example.com',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  });

  it('is not set up, there is none', async () => {
    await withApi({}, async ({ anonymous }) => {
      expect(await anonymous.data('GET', '/auth/methods')).toEqual({ password: true, oidc: null });
      expect((await anonymous.call('GET', '/auth/oidc/login')).status).toBe(404);
      expect((await anonymous.call('GET', '/auth/oidc/callback?code=a')).status).toBe(404);
    });
  });

  it('is away, the login page says so, and tries again the next time', async () => {
    const gone = await OidcProvider.start();
    const { issuer } = gone;
    await gone.stop();
    await withApi({ ...settings(), OIDC_ISSUER: issuer }, async ({ anonymous }) => {
      for (let tries = 1; tries <= 2; tries += 1) {
        const answer = await anonymous.call('GET', '/auth/oidc/login');
        expect(answer.headers.location).toBe('/login?sso=unavailable');
      }
    });
  });

  it('is below a path, the browser comes and goes below it', async () => {
    await withApi({ ...settings(), PUBLIC_URL: 'https://callbacks.example.com/im' }, async (other) => {
      const { oidc } = await other.anonymous.data<AuthMethods>('GET', '/auth/methods');
      expect(oidc?.url).toBe('/im/api/v1/auth/oidc/login');
      const begun = await other.anonymous.call('GET', '/auth/oidc/login?redirect=%2Fapps');
      expect(String(begun.headers['set-cookie'])).toContain('; Path=/im/api/v1/auth/oidc;');
      const back = await provider.visit(String(begun.headers.location));
      expect(back.href).toContain('https://callbacks.example.com/im/api/v1/auth/oidc/callback?');
      const path = back.pathname.replace('/im/api/v1', '') + back.search;
      const answer = await other.anonymous.call('GET', path, { headers: headerOf(cookiesOf(begun)) });
      expect(answer.headers.location).toBe('/im/login?sso=unknown_member');
    });
  });

  it('makes no members, it knows only those there are', async () => {
    await withApi(settings(), async (other) => {
      const begun = await other.anonymous.call('GET', '/auth/oidc/login');
      const back = await provider.visit(String(begun.headers.location));
      const path = callbackPath(back);
      const answer = await other.anonymous.call('GET', path, { headers: headerOf(cookiesOf(begun)) });
      expect(answer.headers.location).toBe('/login?sso=unknown_member');
      expect(await other.database.query('SELECT 1 FROM users')).toHaveLength(1);
    });
  });
});
