import { afterEach, expect, it } from 'vitest';
import { sessionCookieOf } from '../../testing/api-client.js';
import { startTestApi, type TestApi } from '../../testing/test-api.js';
import { ADMIN_LOGIN } from '../../testing/test-service.js';
import { AccessModule } from './access.module.js';

let api: TestApi;

afterEach(() => api.stop());

async function logIn(overrides: Record<string, string>) {
  api = await startTestApi([AccessModule], overrides);
  const [email, password] = ADMIN_LOGIN;
  return api.anonymous.call('POST', '/auth/login', { body: { email, password } });
}

it('behind https the session is a __Host- cookie, and browsers use https only from then on', async () => {
  const answer = await logIn({ PUBLIC_URL: 'https://callbacks.example.com' });
  expect(answer.headers['set-cookie']).toMatch(/^__Host-imc_session=[^;]+;/);
  expect(answer.headers['set-cookie']).toMatch(/; Path=\/;.*; Secure/);
  expect(answer.headers['set-cookie']).not.toMatch(/Domain/i);
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  const cookie = sessionCookieOf(answer);
  expect((await api.anonymous.with({ cookie }).call('GET', '/auth/me')).status).toBe(200);
  // A page on a sibling subdomain could have set the plain name.
  const plain = cookie.replace('__Host-', '');
  expect((await api.anonymous.with({ cookie: plain }).call('GET', '/auth/me')).status).toBe(401);
});

it('below a path the cookie is sent to that path only, and HSTS is left to the proxy of the shared host', async () => {
  const answer = await logIn({ PUBLIC_URL: 'https://tools.example.com/im/' });
  expect(answer.headers['set-cookie']).toMatch(/^__Secure-imc_session=[^;]+;.*; Path=\/im;.*; Secure/);
  expect(answer.headers).not.toHaveProperty('strict-transport-security');
  const cookie = sessionCookieOf(answer);
  expect((await api.anonymous.with({ cookie }).call('GET', '/auth/me')).status).toBe(200);
});

it('logging out clears the cookie under the name it was set by', async () => {
  const answer = await logIn({ PUBLIC_URL: 'https://callbacks.example.com' });
  const client = api.anonymous.with({
    cookie: sessionCookieOf(answer),
    'x-requested-with': 'im-console',
  });
  const out = await client.call('POST', '/auth/logout');
  expect(out.headers['set-cookie']).toMatch(/^__Host-imc_session=;.*Expires=Thu, 01 Jan 1970/);
  expect((await client.call('GET', '/auth/me')).status).toBe(401);
});

it.each([[{}], [{ PUBLIC_URL: 'http://callbacks.example.com' }]])(
  'without https nothing promises it: %o',
  async (overrides) => {
    const answer = await logIn(overrides);
    expect(answer.headers['set-cookie']).toMatch(/^imc_session=/);
    expect(answer.headers).not.toHaveProperty('strict-transport-security');
  },
);

it('every answer allows only the browser features that the console uses', async () => {
  const answer = await logIn({});
  expect(answer.headers['permissions-policy']).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
  // Copy buttons write to it.
  expect(answer.headers['permissions-policy']).not.toMatch(/clipboard-write/);
});
