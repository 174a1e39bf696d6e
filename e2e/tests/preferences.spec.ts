import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('the language changes texts, title and document language, and stays after a reload', async ({
  page,
  app,
}) => {
  const consolePage = new ConsolePage(page);
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await expect(consolePage.html).toHaveAttribute('lang', 'zh-CN');
  await expect(page).toHaveTitle(`IM 回调配置 · ${app.name} · IM 回调控制台`);
  await expect(webhooks.guide).toContainText('消息发送成功后触发。');

  async function expectEnglish(): Promise<void> {
    await expect(consolePage.html).toHaveAttribute('lang', 'en');
    await expect(page).toHaveTitle(/^IM webhooks · /);
    await expect(consolePage.heading).toHaveText('IM webhooks');
    await expect(webhooks.guide).toContainText('Sent after a message was sent successfully.');
    await expect(webhooks.create).toHaveText('New webhook');
  }

  await consolePage.languageSwitch.click();
  await expectEnglish();
  // The switch itself names the other language in that language; all else is English now.
  await expect(consolePage.languageSwitch).toHaveText('简体中文');
  await page.reload();
  await expectEnglish();

  await consolePage.languageSwitch.click();
  await expect(consolePage.heading).toHaveText('IM 回调配置');
  await expect(consolePage.html).toHaveAttribute('lang', 'zh-CN');
});

test('the dark appearance stays after a reload, and a person can go back to light', async ({ page, app }) => {
  const consolePage = new ConsolePage(page);
  await new WebhooksPage(page).open(app.appKey);
  await expect(consolePage.html).not.toHaveClass(/dark/);

  await consolePage.chooseTheme('深色');
  await expect(consolePage.html).toHaveClass(/dark/);
  await page.reload();
  await expect(consolePage.heading).toBeVisible();
  await expect(consolePage.html).toHaveClass(/dark/);

  await consolePage.chooseTheme('浅色');
  await expect(consolePage.html).not.toHaveClass(/dark/);
});

test.describe('of a person whose system is dark', () => {
  test.use({ colorScheme: 'dark', storageState: LOGGED_OUT });

  test('the console is dark from the login on', async ({ page }) => {
    await page.goto('/login');
    await expect(new ConsolePage(page).html).toHaveClass(/dark/);
  });
});
