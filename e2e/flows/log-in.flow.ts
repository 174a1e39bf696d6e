import type { LoginRequest } from '@im/contracts/api/auth';
import type { Page } from '@playwright/test';
import { LoginPage } from '../pages/login.page.js';

/** Logs in on the login page that is being shown. */
export async function logIn(page: Page, identity: LoginRequest): Promise<void> {
  const login = new LoginPage(page);
  await login.email.fill(identity.email);
  await login.password.fill(identity.password);
  await login.submit.click();
}
