/** Provides the fixtures of every test: the running product, an admin's session, its own app and receiver. */
import { randomUUID } from 'node:crypto';
import type { LoginRequest, Role } from '@im/contracts/api/auth';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { test as base, type BrowserContextOptions } from '@playwright/test';
import { ApiSession } from './api-session.js';
import { chooseOwnPassword } from './choose-own-password.js';
import { AppInTest } from './app-in-test.js';
import { findProduct } from './product-address.js';
import { Receiver } from './receiver.js';

interface WorkerFixtures {
  /** The admin's session with the API. */
  admin: ApiSession;
}

interface TestFixtures {
  app: AppInTest;
  receiver: Receiver;
  /** Makes a member of this role, who can log in with what it answers. */
  addMember: (role: Role) => Promise<LoginRequest>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  admin: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads from it that this fixture needs no other
    async ({}, use) => {
      const { url, adminEmail, adminPassword } = findProduct();
      await use(await ApiSession.logIn(url, { email: adminEmail, password: adminPassword }));
    },
    { scope: 'worker' },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  baseURL: async ({}, use) => use(findProduct().url),
  // The browser starts logged in as the admin; a test that is about logging in says otherwise.
  storageState: async ({ admin }, use) => use(loggedInAs(admin)),
  app: async ({ admin }, use) => use(await AppInTest.create(findProduct().url, admin)),
  // eslint-disable-next-line no-empty-pattern -- as above
  receiver: async ({}, use) => {
    const receiver = await Receiver.open();
    await use(receiver);
    await receiver.close();
  },
  addMember: async ({ admin }, use) =>
    use(async (role) => {
      const email = `${role}-${randomUUID()}@example.com`;
      const { temporaryPassword = '' } = await admin.post<MemberWithPassword>('/members', { email, role });
      return chooseOwnPassword({ email, password: temporaryPassword });
    }),
});

export { expect } from '@playwright/test';

export const LOGGED_OUT = { cookies: [], origins: [] };

export function loggedInAs(session: ApiSession): NonNullable<BrowserContextOptions['storageState']> {
  const cookie = { ...session.cookie, domain: '127.0.0.1', path: '/', expires: -1 };
  return { cookies: [{ ...cookie, httpOnly: true, secure: false, sameSite: 'Lax' }], origins: [] };
}
