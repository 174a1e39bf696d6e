import { randomUUID } from 'node:crypto';
import type { MemberWithPassword } from '@im/contracts/api/members';
import { choosePassword } from '../flows/choose-password.flow.js';
import { logIn } from '../flows/log-in.flow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ChoosePasswordPage } from '../pages/choose-password.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { LoginPage } from '../pages/login.page.js';

test.use({ storageState: LOGGED_OUT });

test('a wrong password is refused with the reason, and the right one then lets in', async ({
  page,
  addMember,
}) => {
  const member = await addMember('developer');
  const login = new LoginPage(page);
  await login.open();

  await logIn(page, { ...member, password: 'not the password' });
  await expect(login.error).toContainText('邮箱或密码不正确');
  await expect(page).toHaveURL('/login');

  await logIn(page, member);
  await expect(page).toHaveURL('/apps');
  await expect(new ConsolePage(page).heading).toHaveText('应用');
});

test('a link opened without a session leads to the login and from there to where it points', async ({
  page,
  app,
  addMember,
}) => {
  const link = `/apps/${app.appKey}/im-webhook-alerts?status=resolved`;
  await page.goto(link);
  await expect(page).toHaveURL(
    (url) => url.pathname === '/login' && url.searchParams.get('redirect') === link,
  );

  await logIn(page, await addMember('support'));
  await expect(page).toHaveURL(link);
  await expect(new ConsolePage(page).heading).toHaveText('告警');
});

test('a member whose password another member set must choose a new one first', async ({
  page,
  app,
  admin,
}) => {
  const email = `${randomUUID()}@example.com`;
  const { temporaryPassword: password = '' } = await admin.post<MemberWithPassword>('/members', {
    email,
    role: 'developer',
  });
  const link = `/apps/${app.appKey}/im-webhook-alerts?status=resolved`;
  await page.goto(link);
  await logIn(page, { email, password });
  const choose = new ChoosePasswordPage(page);
  await expect(choose.heading).toBeVisible();
  await expect(choose.currentPassword).toBeHidden();
  await page.goto('/apps');
  await expect(choose.heading).toBeVisible();
  // The page was loaded again, so that it no longer knows what was entered.
  await choose.currentPassword.fill(password);
  await choosePassword(page);
  await expect(page).toHaveURL('/apps');
  await expect(new ConsolePage(page).heading).toHaveText('应用');
});

test('a link to another site is not followed after the login', async ({ page, addMember }) => {
  await page.goto('/login?redirect=//example.com/');
  await logIn(page, await addMember('support'));
  await expect(page).toHaveURL('/apps');
});

test('logging out ends the session in every tab; the next click says so and leads back after login', async ({
  page,
  context,
  app,
  addMember,
}) => {
  const member = await addMember('developer');
  const login = new LoginPage(page);
  const consolePage = new ConsolePage(page);
  await page.goto(`/apps/${app.appKey}/im-webhooks`);
  await logIn(page, member);
  await expect(consolePage.heading).toHaveText('IM 回调配置');

  const otherTab = await context.newPage();
  await otherTab.goto('/apps');
  await new ConsolePage(otherTab).logOut();
  await expect(otherTab).toHaveURL('/login');

  await consolePage.navigationLink('告警').click();
  await expect(login.sessionEndedNotice).toBeVisible();
  await logIn(page, member);
  await expect(page).toHaveURL(`/apps/${app.appKey}/im-webhook-alerts`);
});
