import type { Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { expect } from '../harness/test.js';
import { ProfilePage } from '../pages/profile.page.js';

/** Sets up a second factor on the page that shows the key. @returns the recovery codes */
export async function setUpSecondFactor(page: Page): Promise<string[]> {
  const profile = new ProfilePage(page);
  await expect(profile.qrCode).toBeVisible();
  const secret = await profile.secret.innerText();
  await profile.code.fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await profile.confirm.click();
  await expect(profile.recoveryCodes).toHaveCount(10);
  const codes = await profile.recoveryCodes.allInnerTexts();
  await profile.codesSaved.click();
  return codes;
}
