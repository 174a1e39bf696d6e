/** Opens the console as the admin of a new tenant, which has no app yet. */
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { ApiSession } from '../harness/api-session.js';
import { chooseOwnPassword } from '../harness/choose-own-password.js';
import { FirstRunPage } from '../pages/first-run.page.js';
import { logIn } from './log-in.flow.js';

/** @param page without a session */
export async function openEmptyAccount(page: Page, operator: ApiSession): Promise<void> {
  const email = `${randomUUID()}@example.org`;
  const tenant = { name: `租户 ${randomUUID()}`, adminEmail: email };
  const { temporaryPassword } = await operator.post<{ temporaryPassword: string }>('/tenants', tenant);
  const login = await chooseOwnPassword({ email, password: temporaryPassword });
  await page.goto('/login');
  await logIn(page, login);
  await new FirstRunPage(page).rail.waitFor();
}
