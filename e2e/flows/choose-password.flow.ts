import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from '../harness/test.js';
import { ChoosePasswordPage } from '../pages/choose-password.page.js';

/** Goes on past the page that asks for a password of one's own. @returns the password chosen */
export async function choosePassword(page: Page): Promise<string> {
  const choose = new ChoosePasswordPage(page);
  await expect(choose.heading).toBeVisible();
  const password = randomUUID();
  await choose.newPassword.fill(password);
  await choose.repeated.fill(password);
  await choose.save.click();
  return password;
}
