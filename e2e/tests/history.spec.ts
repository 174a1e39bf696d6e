import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { AppInTest } from '../harness/app-in-test.js';
import { findProduct } from '../harness/product-address.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('Back closes what was opened, and does not open again what was closed', async ({
  page,
  app,
  receiver,
}) => {
  const pages = await seedEveryPage(app, receiver);
  const log = new DeliveryLogPage(page);
  const { drawer } = new DeliveryDrawerPage(page);
  await page.goto(pages.webhooks);
  await new WebhooksPage(page).logIn(new WebhooksPage(page).row('/failing')).click();

  await log.openIn(log.rows.first()).click();
  await expect(drawer).toBeVisible();
  await page.goBack();
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(pages.log);

  await log.openIn(log.rows.first()).click();
  await expect(drawer).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(page).toHaveURL(pages.log);
  await page.goBack();
  await expect(page).toHaveURL(pages.webhooks);
});

test('a page one comes back to is where it was left', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const webhooks = new WebhooksPage(page);
  const consolePage = new ConsolePage(page);
  await page.goto(pages.webhooks);
  const logLink = webhooks.logIn(webhooks.row('/failing'));
  // So low that the list is below the fold.
  await page.setViewportSize({ width: 1280, height: 360 });
  await logLink.scrollIntoViewIfNeeded();
  const left = await consolePage.scrolledTo();
  expect(left).toBeGreaterThan(50);
  await logLink.click();
  await expect(page).toHaveURL(pages.log);
  await expect.poll(() => consolePage.scrolledTo()).toBe(0);
  await page.goBack();
  await expect.poll(() => consolePage.scrolledTo()).toBe(left);
});

test('another app is shown on the same page, with the filters that mean something there', async ({
  page,
  app,
  admin,
}) => {
  const other = await AppInTest.create(findProduct().url, admin);
  await page.goto(`/apps/${app.appKey}/deliveries?status=failed&messageId=m-1`);
  await new ConsolePage(page).switchApp(other.name);
  await expect(page).toHaveURL(`/apps/${other.appKey}/deliveries?status=failed`);
});

test('the tab names what it shows', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const of = `${app.name} · IM 回调控制台`;
  // A webhook without a name of its own goes by its host.
  const webhook = new URL(receiver.url).host;
  await page.goto(pages.alerts);
  await expect(page).toHaveTitle(`(1) 告警 · ${of}`);
  await page.goto(pages.webhooks);
  await expect(page).toHaveTitle(`IM 回调配置 · ${of}`);
  await page.goto(pages.log);
  await expect(page).toHaveTitle(`投递日志 · ${webhook} · ${of}`);
  await page.goto(pages.drawer);
  await expect(page).toHaveTitle(`friend.request.sent 失败 · ${webhook} · ${of}`);
});
