import { expect, test } from '../harness/test.js';
import { AppSettingsPage } from '../pages/app-settings.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('one key finds pages, webhooks and apps, and traces any id', async ({ page, app, receiver }) => {
  const frame = new ConsolePage(page);
  const webhook = await app.createWebhook({ url: receiver.url, name: '订单系统' });
  await new WebhooksPage(page).open(app.appKey);

  await frame.openPalette();
  await page.keyboard.type('订单');
  await expect(frame.paletteEntries).toHaveText([/^订单系统/]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/apps/${app.appKey}/im-webhooks/${webhook.webhookId}`);

  await frame.openPalette();
  await page.keyboard.type('告警');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/apps/${app.appKey}/im-webhook-alerts`);

  await frame.openPalette();
  await page.keyboard.type('msg_20261130');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/apps/${app.appKey}/trace?q=msg_20261130`);

  await frame.openPalette();
  await page.keyboard.press('Escape');
  await expect(frame.palette).toHaveCount(0);
});

test('the navigation folds, stays folded, and leads from the workspace back to the app', async ({
  page,
  app,
}) => {
  const frame = new ConsolePage(page);
  await new WebhooksPage(page).open(app.appKey);
  const full = await frame.navigation.boundingBox();
  await frame.foldNavigation.click();
  await page.reload();
  await expect.poll(async () => (await frame.navigation.boundingBox())?.width).toBeLessThan(60);
  expect(full?.width).toBeGreaterThan(200);

  await frame.navigationLink('工作区设置').click();
  await expect(page).toHaveURL('/settings/members');
  await frame.navigationLink(`回到 ${app.name}`).click();
  await expect(page).toHaveURL(new RegExp(`^[^?]*/apps/${app.appKey}(/|$)`));
});

test('an app is renamed, keeps its log shorter, and is deleted by its name', async ({ page, app }) => {
  const frame = new ConsolePage(page);
  const settings = new AppSettingsPage(page);
  await settings.open(app.appKey);
  await settings.name.fill(`${app.name} 二`);
  await settings.logsDays.fill('3');
  await settings.externalId.fill(`shop-${app.appKey}`);
  await settings.save.click();
  await expect(frame.message(`应用 ${app.name} 二 已保存`)).toBeVisible();
  await page.reload();
  await expect(settings.logsDays).toHaveValue('3');
  await expect(settings.externalId).toHaveValue(`shop-${app.appKey}`);

  await settings.remove.click();
  await frame.question.getByRole('textbox').fill(app.name);
  await frame.answer('删除应用');
  await expect(frame.question).toContainText(`请输入：${app.name} 二`);
  await frame.question.getByRole('textbox').fill(`${app.name} 二`);
  await frame.answer('删除应用');
  await expect(page).toHaveURL('/apps');
  await expect(frame.message(`应用 ${app.name} 二 已删除`)).toBeVisible();
});

test('the list of webhooks is in view, the guide below one line', async ({ page, app, receiver }) => {
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await expect(webhooks.guide).toContainText('消息发送成功后触发。');

  await app.createWebhook({ url: receiver.url });
  await page.reload();
  await expect(webhooks.row('/im/callback')).toBeInViewport({ ratio: 1 });
  await expect(webhooks.guide).not.toContainText('消息发送成功后触发。');
  await webhooks.toggleGuide.click();
  await expect(webhooks.guide).toContainText('消息发送成功后触发。');
});
