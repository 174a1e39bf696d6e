import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from '../harness/test.js';
import { ChoosePasswordPage } from '../pages/choose-password.page.js';

/** Completes the page that requires a new password. @returns the password chosen */
export async function choosePassword(page: Page): Promise<string> {
  const choose = new ChoosePasswordPage(page);
  await expect(choose.heading).toBeVisible();
  const password = randomUUID();
  await choose.newPassword.fill(password);
  await choose.repeated.fill(password);
  await choose.save.click();
  return password;
}
