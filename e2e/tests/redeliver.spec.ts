import { redeliverNewest } from '../flows/redeliver.flow.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('redelivering makes a new delivery with the callbackId of the old one', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  receiver.answerWith({ status: 503 });
  const webhook = await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  receiver.answerWith({ status: 200 });

  await log.open(app.appKey, webhook.webhookId);
  await redeliverNewest(page);

  await expect(drawer.status).toHaveText('已送达');
  await expect(drawer.kind).toHaveText('重新投递');
  const [first, second] = receiver.requests.map((request) => request.envelope);
  expect(receiver.requests).toHaveLength(2);
  expect(second?.callbackId).toBe(first?.callbackId);
  expect(second?.deliveryId).not.toBe(first?.deliveryId);
  await expect(drawer.callbackId).toHaveText(first?.callbackId ?? '');
  await expect(drawer.deliveryId).toHaveText(second?.deliveryId ?? '');

  await drawer.close();
  await expect(log.rows).toHaveCount(2);
  await expect(log.statusIn(log.rows.first())).toHaveText('已送达');
  await expect(log.kindIn(log.rows.first())).toHaveText('重新投递');
  await expect(log.statusIn(log.rows.last())).toHaveText('失败');

  await log.filterByStatus('失败');
  await expect(log.rows).toHaveCount(1);
  await expect(page).toHaveURL(/status=failed/);
});

test('several deliveries are chosen by keys and delivered again at once', async ({ page, app, receiver }) => {
  const log = new DeliveryLogPage(page);
  const frame = new ConsolePage(page);
  await app.createWebhook({ url: receiver.url });
  for (let count = 0; count < 3; count += 1) await app.sendEvent();
  await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(3);

  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(3);
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await expect(log.selectionBar).toContainText('已选 2 条');
  await log.redeliverChosen.click();
  await frame.answer('重新投递');
  await expect(frame.message('已提交 2 条，跳过 0 条')).toBeVisible();
  await expect(log.selectionBar).toHaveCount(0);
  await expect.poll(() => receiver.requests.length).toBe(5);

  const download = page.waitForEvent('download');
  await log.exportAs('CSV');
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});
