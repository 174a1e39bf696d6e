import { roleSchema } from '@im/contracts/api/auth';
import { logIn } from '../flows/log-in.flow.js';
import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { PageFaults } from '../harness/page-faults.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { LoginPage } from '../pages/login.page.js';

test.use({ storageState: LOGGED_OUT });

const SETTINGS = [
  'members',
  'api-tokens',
  'notification-channels',
  'event-types',
  'audit-log',
  'tenants',
  'profile',
];

/** Of each role: the pages that only say whom to ask, and where /settings leads. */
const OF_ROLE = {
  admin: { closed: ['tenants'], settings: '/settings/members' },
  developer: { closed: ['members', 'audit-log', 'tenants'], settings: '/settings/api-tokens' },
  support: {
    closed: ['members', 'api-tokens', 'audit-log', 'tenants'],
    settings: '/settings/notification-channels',
  },
} as const;

/** What developers integrate with. */
const isOfIntegration = (path: string) => /\/(sources|docs|debug)\b/.test(path);

for (const role of roleSchema.options) {
  test(`no page asks for what the role ${role} may not do`, async ({ page, app, receiver, addMember }) => {
    const pages = await seedEveryPage(app, receiver);
    const consolePage = new ConsolePage(page);
    await new LoginPage(page).open();
    await logIn(page, await addMember(role));
    await expect(page).toHaveURL('/apps');
    const faults = new PageFaults(page);

    const closed: string[] = role === 'support' ? Object.values(pages).filter(isOfIntegration) : [];
    for (const path of [...Object.values(pages), `/apps/${app.appKey}/deliveries`]) {
      await page.goto(path);
      await expect(consolePage.heading).toBeVisible();
      await consolePage.becomeIdle();
      await expect(consolePage.forbidden).toHaveCount(closed.includes(path) ? 1 : 0);
      await expect(consolePage.errors).toHaveCount(0);
      expect(faults.take(), path).toEqual([]);
    }
    for (const name of SETTINGS) {
      await page.goto(`/settings/${name}`);
      await expect(consolePage.heading).toBeVisible();
      await consolePage.becomeIdle();
      const isClosed = OF_ROLE[role].closed.some((closed) => closed === name);
      await expect(consolePage.forbidden).toHaveCount(isClosed ? 1 : 0);
      await expect(consolePage.errors).toHaveCount(0);
      expect(faults.take(), name).toEqual([]);
    }
    await page.goto('/settings');
    await expect(page).toHaveURL(OF_ROLE[role].settings);
  });
}

test('a page that is closed to support names whom to ask', async ({ page, addMember }) => {
  await page.goto('/settings/members');
  await logIn(page, await addMember('support'));
  const { forbidden } = new ConsolePage(page);
  await expect(forbidden).toContainText('这个页面只对管理员开放');
  await expect(forbidden.getByRole('link', { name: 'admin@example.com' })).toBeVisible();
});

test('the login opens without an error, and a wrong password is reported in Chinese only', async ({
  page,
}) => {
  const faults = new PageFaults(page);
  const login = new LoginPage(page);
  await login.open();
  expect(faults.take()).toEqual([]);
  await logIn(page, { email: 'unknown@example.com', password: 'not the password' });
  await expect(login.error).toHaveText('邮箱或密码不正确');
});
