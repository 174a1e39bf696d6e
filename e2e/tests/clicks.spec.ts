/** How many clicks a person needs, counted from the overview of the app; pasting and Enter are none. */
import type { Page } from '@playwright/test';
import { countClicks } from '../harness/click-counter.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { PortalLinksPage } from '../pages/portal-links.page.js';
import { PortalPage } from '../pages/portal.page.js';
import { SecretRotationPage } from '../pages/secret-rotation.page.js';
import { TracePage } from '../pages/trace.page.js';

const MESSAGE = '1985214733290471424';

/** Opens the overview; the page is not loaded again afterwards. */
async function startAtOverview(page: Page, appKey: string): Promise<() => Promise<number>> {
  const clicks = await countClicks(page);
  await page.goto(`/apps/${appKey}`);
  await new ConsolePage(page).becomeIdle();
  return clicks;
}

async function pasteIntoTrace(page: Page, id: string): Promise<TracePage> {
  const trace = new TracePage(page);
  await new ConsolePage(page).navigationLink('排查').click();
  await expect(trace.id).toBeFocused();
  await page.keyboard.insertText(id);
  await page.keyboard.press('Enter');
  return trace;
}

test('why a message was not delivered, in 3 clicks', async ({ page, app, receiver }) => {
  receiver.answerWith({ status: 500 });
  await app.createWebhook({ url: receiver.url, name: '业务后台', retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent('message.sent');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  const clicks = await startAtOverview(page, app.appKey);
  const trace = await pasteIntoTrace(page, MESSAGE);
  await expect(trace.conclusion).toContainText('业务后台 没有送达：接收方返回 500');
  expect(await clicks()).toBeLessThanOrEqual(3);
});

test('that a webhook did not want the message, in 3 clicks', async ({ page, app, receiver }) => {
  await app.createWebhook({ url: receiver.url, name: '内容审核', events: ['group.*'] });
  await app.sendEvent('message.sent');
  const clicks = await startAtOverview(page, app.appKey);
  const trace = await pasteIntoTrace(page, MESSAGE);
  await expect(trace.notMatched).toContainText('当时只订阅 group.*');
  expect(await clicks()).toBeLessThanOrEqual(3);
});

test('that a message never came, in 3 clicks', async ({ page, app }) => {
  await app.createSource({ kind: 'openim', name: '生产环境' });
  const clicks = await startAtOverview(page, app.appKey);
  const trace = await pasteIntoTrace(page, '1985214733290479999');
  await expect(trace.nothingFound).toContainText('没有找到 1985214733290479999');
  await expect(trace.nothingFound).toContainText('还没有收到请求');
  expect(await clicks()).toBeLessThanOrEqual(3);
});

test('a secret is rotated in 6 clicks', async ({ page, app, receiver }) => {
  await app.createWebhook({ url: receiver.url });
  const rotation = new SecretRotationPage(page);
  const clicks = await startAtOverview(page, app.appKey);
  await new ConsolePage(page).navigationLink('回调地址').click();
  const nextSecret = await rotation.stage();
  await rotation.confirmSaved();
  await rotation.activate();
  await expect(rotation.overlap).toContainText('旧密钥保留至');
  expect(await clicks()).toBeLessThanOrEqual(6);
  await app.sendEvent();
  await expect.poll(() => receiver.last?.isSignedWith(nextSecret)).toBe(true);
});

test('what failed is redelivered in 4 clicks', async ({ page, app, receiver }) => {
  receiver.answerWith({ status: 503 });
  await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  receiver.answerWith({ status: 200 });
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const clicks = await startAtOverview(page, app.appKey);
  await new ConsolePage(page).navigationLink('投递').click();
  await log.openIn(log.rows.first()).click();
  await drawer.redeliver.click();
  await expect(drawer.status).toHaveText('已送达');
  expect(await clicks()).toBeLessThanOrEqual(4);
});

test('a customer’s developer is let in by a link in 4 clicks', async ({ page, browser, app, receiver }) => {
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const links = new PortalLinksPage(page);
  const clicks = await startAtOverview(page, app.appKey);
  await new ConsolePage(page).navigationLink('门户链接').click();
  await links.newLink.click();
  await links.create.click();
  await links.copy.click();
  await expect(links.url).toBeVisible();
  const url = await page.evaluate(() => navigator.clipboard.readText());

  const guest = await (await browser.newContext({ storageState: LOGGED_OUT })).newPage();
  const clicksOfGuest = await countClicks(guest);
  await guest.goto(url);
  await expect(new PortalPage(guest).rows).toHaveCount(1);
  expect((await clicks()) + (await clicksOfGuest())).toBeLessThanOrEqual(4);
  await guest.context().close();
});
