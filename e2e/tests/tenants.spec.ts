import { randomUUID } from 'node:crypto';
import { choosePassword } from '../flows/choose-password.flow.js';
import { logIn } from '../flows/log-in.flow.js';
import { setUpSecondFactor } from '../flows/set-up-second-factor.flow.js';
import { ApiSession } from '../harness/api-session.js';
import { chooseOwnPassword } from '../harness/choose-own-password.js';
import { findProduct } from '../harness/product-address.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { LoginPage } from '../pages/login.page.js';
import { ProfilePage } from '../pages/profile.page.js';
import { SettingsPage } from '../pages/settings.page.js';
import { TenantsPage } from '../pages/tenants.page.js';

test('an operator adds a tenant, whose admin gets in until it is suspended', async ({ page, browser }) => {
  const name = `租户 ${randomUUID()}`;
  const email = `${randomUUID()}@example.org`;
  const tenants = new TenantsPage(page);
  await tenants.open();
  const password = await tenants.add(name, email);
  await expect(tenants.row(name)).toContainText('正常');

  const context = await browser.newContext({ storageState: LOGGED_OUT });
  const theirs = await context.newPage();
  await theirs.goto('/login');
  await logIn(theirs, { email, password });
  const ownPassword = await choosePassword(theirs);
  await expect(new ConsolePage(theirs).heading).toHaveText('应用');
  await expect(new ConsolePage(theirs).navigationLink('租户')).toBeHidden();

  await tenants.suspend(name).click();
  await new ConsolePage(page).answer('停用');
  await expect(tenants.row(name)).toContainText('已停用');
  await new ConsolePage(theirs).navigationLink('成员').click();
  await expect(new LoginPage(theirs).sessionEndedNotice).toBeVisible();
  await logIn(theirs, { email, password: ownPassword });
  await expect(new LoginPage(theirs).error).toContainText('租户已被停用');
  await context.close();
});

test('a tenant that requires two-step verification leads its members to set it up', async ({
  browser,
  admin,
}) => {
  const email = `${randomUUID()}@example.org`;
  const tenant = { name: randomUUID(), adminEmail: email };
  const { temporaryPassword } = await admin.post<{ temporaryPassword: string }>('/tenants', tenant);
  const login = await chooseOwnPassword({ email, password: temporaryPassword });
  const boss = await ApiSession.logIn(findProduct().url, login);
  const member = { email: `${randomUUID()}@example.org`, password: randomUUID() };
  await boss.post('/members', { ...member, role: 'developer' });

  const context = await browser.newContext({ storageState: LOGGED_OUT });
  const page = await context.newPage();
  const settings = new SettingsPage(page);
  await page.goto('/settings/profile');
  await logIn(page, login);
  await new ProfilePage(page).enable.click();
  await setUpSecondFactor(page);
  await settings.openMembers();
  await settings.turnSecondFactorRule();
  await new ConsolePage(page).answer('要求所有成员启用两步验证');
  await expect(settings.requireSecondFactor).toBeChecked();
  await new ConsolePage(page).logOut();

  await page.goto('/login?redirect=/settings/api-tokens');
  await logIn(page, member);
  await choosePassword(page);
  await expect(new ConsolePage(page).heading).toHaveText('请先设置两步验证');
  await setUpSecondFactor(page);
  await expect(page).toHaveURL('/settings/api-tokens');
  await context.close();
});
