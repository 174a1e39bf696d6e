/** Checks the client address in throttle and audit log behind a proxy that appends to X-Forwarded-For. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../../../testing/test-api.js';
import { AccessModule } from '../access.module.js';

const EMAIL = 'admin@example.com';
const PASSWORD = 'correct horse battery';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi([AccessModule], { TRUST_PROXY: 'true' });
  api.stopClock();
});
afterAll(() => api.stop());

/** @param written what the caller wrote into the header itself */
function logIn(written: string, email: string, password = 'wrong') {
  const headers = { 'x-forwarded-for': `${written}, 198.51.100.9` };
  return api.app.inject({ method: 'POST', url: '/api/v1/auth/login', headers, payload: { email, password } });
}

it('records the address the proxy saw, not the one the caller wrote', async () => {
  expect((await logIn('6.6.6.6', EMAIL, PASSWORD)).statusCode).toBe(200);
  const addresses = await api.database.query(
    `SELECT ip_address FROM sessions UNION SELECT ip_address FROM audit_entries WHERE action = 'auth.login'`,
  );
  expect(addresses).toEqual([{ ip_address: '198.51.100.9' }]);
});

it('throttles by the address the proxy saw, not by what the caller writes', async () => {
  const statuses: number[] = [];
  for (let tries = 1; tries <= 22; tries += 1) {
    const answer = await logIn(`6.6.6.${String(tries)}`, `unknown-${String(tries)}@example.com`);
    statuses.push(answer.statusCode);
  }
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429, 429]);
});
