import { expect, test } from '../harness/test.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('the live log shows what comes, keeps its place while one reads, and is in the address', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  for (let count = 0; count < 30; count += 1) await app.sendEvent();
  await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(30);

  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(30);
  const stream = page.waitForResponse((response) => response.url().endsWith('/live'));
  await log.live.locator('..').click();
  await expect(page).toHaveURL(/[?&]live=1/);
  expect((await stream).status()).toBe(200);
  await app.sendEvent();
  await expect(log.rows).toHaveCount(31);

  await page.mouse.wheel(0, 600);
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(100);
  await app.sendEvent();
  await app.sendEvent();
  await expect(log.showWaiting).toHaveText('↑ 2 条新投递');
  await expect(log.showWaiting).toBeInViewport();
  await expect(log.columnHead('结果')).toBeInViewport({ ratio: 1 });
  await expect(log.rows).toHaveCount(31);
  await log.showWaiting.click();
  await expect(log.rows).toHaveCount(33);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);

  await page.reload();
  await expect(log.live).toBeChecked();
  await app.sendEvent();
  await expect(log.rows).toHaveCount(34);
});

test('the live log of an app without deliveries shows the first one', async ({ page, app, receiver }) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  const stream = page.waitForResponse((response) => response.url().endsWith('/live'));
  await page.goto(`/apps/${app.appKey}/deliveries?live=1`);
  await stream;
  await app.sendEvent();
  await expect(log.rows).toHaveCount(1);
});
