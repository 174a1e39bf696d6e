import type { Browser, Page } from '@playwright/test';
import { countClicks } from '../harness/click-counter.js';
import { FramingSite } from '../harness/framing-site.js';
import { PageFaults } from '../harness/page-faults.js';
import { ScriptsOnTheWire } from '../harness/scripts-on-the-wire.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { PortalLinksPage } from '../pages/portal-links.page.js';
import { PortalPage } from '../pages/portal.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';

const KB = 1_024;

/** The browser of a person without an account. */
async function strangerOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: LOGGED_OUT });
  return context.newPage();
}

test('an admin shares a webhook in 3 clicks, and its developer finds and redelivers what failed', async ({
  page,
  browser,
  app,
  receiver,
}) => {
  receiver.answerWith({ status: 503 });
  const retryPolicy = { maxAttempts: 1 };
  const shared = await app.createWebhook({ url: receiver.url, name: '订单系统', retryPolicy });
  const hidden = await app.createWebhook({ url: receiver.url, name: '内部系统', retryPolicy });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(2);
  receiver.answerWith({ status: 200 });
  const links = new PortalLinksPage(page);

  const url = await test.step('share, create, copy', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clicks = await countClicks(page);
    await new WebhookDetailPage(page).open(app.appKey, shared.webhookId);
    await links.share.click();
    await links.create.click();
    await links.copy.click();
    expect(await clicks()).toBeLessThanOrEqual(4);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    await expect(links.url).toHaveText(copied);
    return copied;
  });

  const stranger = await strangerOf(browser);
  const portal = new PortalPage(stranger);
  const drawer = new DeliveryDrawerPage(stranger);
  const faults = new PageFaults(stranger);
  const scripts = await ScriptsOnTheWire.of(stranger);

  await test.step('the page shows this webhook alone, in few files', async () => {
    await stranger.goto(url);
    await expect(portal.app).toHaveText(app.name);
    await expect(portal.rows).toHaveCount(1);
    await stranger.waitForLoadState('networkidle');
    expect(scripts.files.length).toBeLessThanOrEqual(12);
    expect(scripts.bytes).toBeLessThanOrEqual(300 * KB);
    await expect(portal.heading('订单系统')).toBeVisible();
    await expect(stranger.getByText('内部系统')).toHaveCount(0);
  });

  await test.step('the failed delivery says why, masked, and goes out again', async () => {
    await portal.open.first().click();
    await expect(drawer.status).toHaveText('失败');
    await expect(portal.masked).toBeVisible();
    await expect(portal.reveal).toHaveCount(0);
    await drawer.redeliver.click();
    await expect(drawer.kind).toHaveText('重新投递');
    await expect(drawer.status).toHaveText('已送达');
    await drawer.close();
    await expect(portal.rows).toHaveCount(2);
  });

  await test.step('a test is sent, and the page can be loaded again', async () => {
    await portal.test.click();
    await expect(drawer.kind).toHaveText('测试');
    await drawer.close();
    await stranger.reload();
    await expect(portal.rows).toHaveCount(3);
  });

  await test.step('new deliveries appear by themselves, and several are redelivered at once', async () => {
    await app.sendEvent();
    await expect(portal.rows).toHaveCount(4);
    await portal.choose.first().click();
    await portal.choose.last().click();
    await portal.redeliverChosen.click();
    await new ConsolePage(stranger).answer('重新投递');
    await expect(portal.rows).toHaveCount(6);
  });

  await test.step('the docs are there, and lead to no page of the console', async () => {
    await portal.docs.click();
    await expect(portal.heading('接收回调')).toBeVisible();
    await expect(stranger.locator('main a[href^="/apps"], main a[href^="/settings"]')).toHaveCount(0);
    await portal.log.click();
    await expect(portal.rows).toHaveCount(6);
    expect(faults.take()).toEqual([]);
  });

  await test.step('another webhook does not exist, neither for the page nor for its token', async () => {
    const [other] = (await app.listDeliveries('failed')).filter(
      (each) => each.webhookId === hidden.webhookId,
    );
    const [base = '', token = ''] = url.split('#');
    await stranger.goto(`${base}?open=${other?.deliveryId ?? ''}#${token}`);
    await expect(drawer.drawer).toContainText('内容不存在');
    await drawer.close();
  });

  await test.step('revoked, it ends at once', async () => {
    await links.openList(app.appKey);
    await expect(links.links).toHaveCount(2);
    await links.revoke.click();
    await new ConsolePage(page).answer('吊销');
    await expect(links.links).toHaveCount(0);
    // The open page asks again by itself.
    await expect(portal.over).toBeVisible();
  });
});

test('a link with an allow-list opens in a frame of that site, and of no other', async ({
  page,
  browser,
  app,
  receiver,
}) => {
  const [allowed, other] = [await FramingSite.open(), await FramingSite.open()];
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  const links = new PortalLinksPage(page);
  await links.openList(app.appKey);
  await links.newLink.click();
  await links.origins.fill(`${allowed.origin}/`);
  await links.create.click();
  await expect(links.frameCode).toContainText('<iframe src="');
  const url = (await links.url.textContent()) ?? '';

  const stranger = await strangerOf(browser);
  for (const site of [allowed, other]) site.show(url);
  await stranger.goto(allowed.origin);
  await expect(new PortalPage(stranger.frameLocator('iframe')).rows).toHaveCount(1);

  const refusal = stranger.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await stranger.goto(other.origin);
  await refusal;
  await expect(new PortalPage(stranger.frameLocator('iframe')).app).toHaveCount(0);
  await Promise.all([allowed.close(), other.close()]);
});

test('a link that is not complete says whom to ask', async ({ browser }) => {
  const stranger = await strangerOf(browser);
  const faults = new PageFaults(stranger);
  await stranger.goto('/portal');
  await expect(new PortalPage(stranger).over).toContainText('请联系发给你链接的人');
  expect(faults.take()).toEqual([]);
});
