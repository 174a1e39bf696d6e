import { logIn } from '../flows/log-in.flow.js';
import { setUpSecondFactor } from '../flows/set-up-second-factor.flow.js';
import { ApiSession } from '../harness/api-session.js';
import { findProduct } from '../harness/product-address.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { LoginPage } from '../pages/login.page.js';
import { ProfilePage } from '../pages/profile.page.js';

test.use({ storageState: LOGGED_OUT });

test('a member turns two-step verification on, and logs in with a recovery code', async ({
  page,
  addMember,
}) => {
  const member = await addMember('developer');
  const login = new LoginPage(page);
  const profile = new ProfilePage(page);
  await page.goto('/settings/profile');
  await logIn(page, member);
  await profile.enable.click();
  const [recoveryCode = ''] = await setUpSecondFactor(page);
  await expect(profile.secondFactor).toContainText('还剩 10 个恢复码');

  await new ConsolePage(page).logOut();
  await logIn(page, member);
  await login.code.fill('not a code');
  await login.submit.click();
  await expect(login.error).toContainText('验证码不正确');
  await login.code.fill(recoveryCode);
  await login.submit.click();
  await expect(page).toHaveURL('/apps');

  await profile.open();
  await expect(profile.secondFactor).toContainText('还剩 9 个恢复码');
});

test('a member sees where they are logged in, and ends the others', async ({ page, addMember }) => {
  const member = await addMember('support');
  const elsewhere = await ApiSession.logIn(findProduct().url, member);
  const profile = new ProfilePage(page);
  await page.goto('/settings/profile');
  await logIn(page, member);
  await expect(profile.sessions).toHaveCount(2);
  await expect(profile.sessions.filter({ hasText: '当前' })).toContainText('Chrome');

  await profile.endOthers.click();
  await new ConsolePage(page).answer('结束其他全部会话');
  await expect(profile.sessions).toHaveCount(1);
  await expect(elsewhere.get('/auth/me')).rejects.toThrow('401');
});
