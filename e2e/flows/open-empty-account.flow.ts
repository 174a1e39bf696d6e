/** Makes a new tenant, which has no app yet, and opens the console as its admin. */
import { randomUUID } from 'node:crypto';
import type { LoginRequest } from '@im/contracts/api/auth';
import type { Page } from '@playwright/test';
import type { ApiSession } from '../harness/api-session.js';
import { chooseOwnPassword } from '../harness/choose-own-password.js';
import { FirstRunPage } from '../pages/first-run.page.js';
import { logIn } from './log-in.flow.js';

/** @returns what its admin logs in with */
export async function createEmptyAccount(operator: ApiSession): Promise<LoginRequest> {
  const email = `${randomUUID()}@example.org`;
  const tenant = { name: `租户 ${randomUUID()}`, adminEmail: email };
  const { temporaryPassword } = await operator.post<{ temporaryPassword: string }>('/tenants', tenant);
  return chooseOwnPassword({ email, password: temporaryPassword });
}

/** @param page without a session */
export async function openEmptyAccount(page: Page, operator: ApiSession): Promise<void> {
  const login = await createEmptyAccount(operator);
  await page.goto('/login');
  await logIn(page, login);
  await new FirstRunPage(page).rail.waitFor();
}
