import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionCookieOf } from '../../../testing/api-client.js';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { AccessModule } from '../access.module.js';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';
const HOUR_MS = 3_600_000;

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi([AccessModule], { PUBLIC_URL: 'https://callbacks.example.com' });
});

afterAll(async () => {
  await api.stop();
});

const tryPassword = (password: string, email = EMAIL) =>
  api.anonymous.call('POST', '/auth/login', { body: { email, password } });

describe('logging in', () => {
  it('answers who one is and sets a cookie scripts cannot read', async () => {
    const answer = await tryPassword(PASSWORD, ' Admin@Example.com ');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ data: { email: EMAIL, role: 'admin', tenantName: 'Default' } });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-imc_session=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('keeps no session token in the database, only its hash', async () => {
    const token = sessionCookieOf(await tryPassword(PASSWORD)).split('=')[1]!;
    const rows = await api.database.query<{ text: string }>('SELECT s::text AS text FROM sessions s');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some((row) => row.text.includes(token))).toBe(false);
  });

  it('is in the audit log and on the member', async () => {
    const before = Date.now();
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const [entry] = await admin.data<unknown[]>('GET', '/audit-log?action=auth.login&limit=1');
    expect(entry).toMatchObject({ action: 'auth.login', actor: EMAIL, ipAddress: '127.0.0.1' });
    const [member] = await admin.data<{ lastLoginAt: string }[]>('GET', '/members');
    expect(Date.parse(member!.lastLoginAt)).toBeGreaterThanOrEqual(before);
  });

  it('ends with logging out', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const answer = await admin.call('POST', '/auth/logout');
    expect(answer.status).toBe(204);
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-imc_session=;/);
    expect((await admin.call('GET', '/auth/me')).status).toBe(401);
  });

  it.each([
    ['without a password', { email: EMAIL }],
    ['with a field that does not exist', { email: EMAIL, password: PASSWORD, remember: true }],
    ['with a NUL character', { email: 'a\u0000b', password: PASSWORD }],
  ])('is refused as bad input %s', async (_, body) => {
    const answer = await api.anonymous.call('POST', '/auth/login', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'invalid_input' });
  });
});

describe('wrong passwords', () => {
  beforeEach(async () => {
    api.stopClock();
    await api.database.query('DELETE FROM login_throttles');
  });

  it('are answered the same for a known and an unknown email', async () => {
    const known = await tryPassword('wrong');
    const unknown = await tryPassword('wrong', 'unknown@example.com');
    expect(known.status).toBe(401);
    expect({ ...(known.body as object), requestId: '' }).toEqual({
      ...(unknown.body as object),
      requestId: '',
    });
  });

  it('are refused for a doubling time after the fifth, and so is the right one', async () => {
    for (let tries = 1; tries <= 5; tries += 1) expect((await tryPassword('wrong')).status).toBe(401);
    const refused = await tryPassword(PASSWORD);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('2');
    expect(refused.body).toMatchObject({ code: 'too_many_requests' });

    api.moveClockBy(2_000);
    expect((await tryPassword('wrong')).status).toBe(401);
    expect((await tryPassword('wrong')).headers['retry-after']).toBe('4');

    api.moveClockBy(4_000);
    expect((await tryPassword(PASSWORD)).status).toBe(200);
    expect((await tryPassword('wrong')).status).toBe(401);
    expect((await tryPassword(PASSWORD)).status).toBe(200);
  });

  it('cannot be tried many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryPassword('wrong')));
    const counts = Map.groupBy(answers, (answer) => answer.status);
    expect(counts.get(401)).toHaveLength(5);
    expect(counts.get(429)).toHaveLength(25);
  });

  it('leave other accounts alone', async () => {
    for (let tries = 1; tries <= 6; tries += 1) await tryPassword('wrong', 'unknown@example.com');
    expect((await tryPassword(PASSWORD)).status).toBe(200);
  });

  it('from one address count on when an account logs in from there', async () => {
    const tryOthers = async (from: number, to: number) => {
      for (let tries = from; tries <= to; tries += 1) {
        expect((await tryPassword('wrong', `unknown-${tries}@example.com`)).status).toBe(401);
      }
    };
    await tryOthers(1, 19);
    expect((await tryPassword(PASSWORD)).status).toBe(200);
    await tryOthers(20, 20);
    expect((await tryPassword('wrong', 'unknown@example.com')).status).toBe(429);
  });

  it('expire after an hour', async () => {
    for (let tries = 1; tries <= 4; tries += 1) await tryPassword('wrong');
    api.moveClockBy(HOUR_MS + 1_000);
    expect((await tryPassword('wrong')).status).toBe(401);
    expect((await tryPassword(PASSWORD)).status).toBe(200);
  });
});

describe('many logins at once', () => {
  beforeEach(async () => {
    await api.database.query('DELETE FROM login_throttles');
  });

  it('are checked a few at a time; beyond a short queue they are refused unchecked', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        logInFrom(`198.51.100.${String(index)}`, `unknown-${String(index)}@example.com`),
      ),
    );
    const counts = Map.groupBy(answers, ({ statusCode }) => statusCode);
    expect([...counts.keys()].sort()).toEqual([401, 429]);
    expect(counts.get(401)!.length).toBeLessThan(60);
    for (const { headers } of counts.get(429)!) expect(headers['retry-after']).toBe('2');
    const [{ count } = { count: 0 }] = await api.database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM login_throttles WHERE throttle_key LIKE 'email:%'`,
    );
    expect(count).toBe(counts.get(401)!.length);
  });

  it('with the right password count once each, however the tries of others end', async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => logInFrom('203.0.113.5', EMAIL, PASSWORD)),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    const left = await api.database.query('SELECT 1 FROM login_throttles WHERE failures > 0');
    expect(left).toEqual([]);
  });
});

describe('wrong passwords over IPv6', () => {
  beforeEach(async () => {
    api.stopClock();
    await api.database.query('DELETE FROM login_throttles');
  });

  it('count for the whole /64, since one machine has all its addresses', async () => {
    for (let tries = 1; tries <= 20; tries += 1) {
      const answer = await logInFrom(
        `2001:db8:1:2::${String(tries)}`,
        `unknown-${String(tries)}@example.com`,
      );
      expect(answer.statusCode).toBe(401);
    }
    expect((await logInFrom('2001:db8:1:2:ffff::1', EMAIL, PASSWORD)).statusCode).toBe(429);
    expect((await logInFrom('2001:db8:1:3::1', EMAIL, PASSWORD)).statusCode).toBe(200);
  });
});

function logInFrom(remoteAddress: string, email: string, password = 'wrong') {
  const payload = { email, password };
  return api.app.inject({ method: 'POST', url: '/api/v1/auth/login', remoteAddress, payload });
}

describe('a session', () => {
  it('ends 12 hours after its last use', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    api.moveClockBy(11 * HOUR_MS);
    expect((await admin.call('GET', '/auth/me')).status).toBe(200);
    api.moveClockBy(11 * HOUR_MS);
    expect((await admin.call('GET', '/auth/me')).status).toBe(200);
    api.moveClockBy(12 * HOUR_MS + 1_000);
    expect((await admin.call('GET', '/auth/me')).status).toBe(401);
  });

  it('ends after 30 days however much it is used', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const statuses: number[] = [];
    for (let hours = 11; hours <= 31 * 24; hours += 11) {
      api.moveClockBy(11 * HOUR_MS);
      statuses.push((await admin.call('GET', '/auth/me')).status);
    }
    // 65 steps of 11 hours are 29.8 days.
    expect(statuses.indexOf(401)).toBe(65);
  });

  it('needs the header that foreign pages cannot send, for writes only', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const withoutHeader = api.anonymous.with({ cookie: admin.headers.cookie! });
    expect((await withoutHeader.call('GET', '/auth/me')).status).toBe(200);
    const answer = await withoutHeader.call('POST', '/auth/logout');
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ code: 'csrf_header_missing' });
    expect((await admin.call('GET', '/auth/me')).status).toBe(200);
  });

  it.each([
    ['no cookie', {}],
    ['an invented cookie', { cookie: '__Host-imc_session=abc' }],
    ['an empty cookie', { cookie: '__Host-imc_session=' }],
  ])('is missing: %s', async (_, headers) => {
    const answer = await api.anonymous.call('GET', '/auth/me', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.body).toMatchObject({ code: 'unauthenticated' });

    const asked = await api.anonymous.call('GET', '/auth/session', { headers });
    expect(asked.status).toBe(200);
    expect(asked.body).toEqual({ data: null });
  });

  it('is shown by the session route as by /auth/me, until it ends', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const me = await admin.data('GET', '/auth/me');
    expect(me).toMatchObject({ email: EMAIL });
    expect(await admin.data('GET', '/auth/session')).toEqual(me);
    await admin.call('POST', '/auth/logout');
    expect(await admin.data('GET', '/auth/session')).toBeNull();
  });
});

describe('changing the password', () => {
  const NEW_PASSWORD = 'another good secret';

  it('wants the current one', async () => {
    const admin = await api.anonymous.logIn(EMAIL, PASSWORD);
    const body = { currentPassword: 'wrong', newPassword: NEW_PASSWORD };
    const answer = await admin.call('POST', '/auth/password', { body });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/currentPassword', code: 'invalid_value' }] });
  });

  it('ends the other sessions, and only the new one logs in', async () => {
    const elsewhere = await api.anonymous.logIn(EMAIL, PASSWORD);
    const here = await api.anonymous.logIn(EMAIL, PASSWORD);
    const body = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expect((await here.call('POST', '/auth/password', { body })).status).toBe(204);
    expect((await here.call('GET', '/auth/me')).status).toBe(200);
    expect((await elsewhere.call('GET', '/auth/me')).status).toBe(401);
    expect((await tryPassword(PASSWORD)).status).toBe(401);
    expect((await tryPassword(NEW_PASSWORD)).status).toBe(200);
  });
});
