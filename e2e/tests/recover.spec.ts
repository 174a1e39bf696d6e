import { expect, test } from '../harness/test.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('a recovery shows what it will send, then sends it', async ({ page, app, receiver }) => {
  receiver.answerWith({ status: 500 });
  const { webhookId } = await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent('message.sent');
  await app.sendEvent('message.read');
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(2);
  receiver.answerWith({ status: 200 });
  await new DeliveryLogPage(page).open(app.appKey, webhookId);
  await page.getByTestId('recover').click();
  const estimate = page.getByTestId('recover-estimate');

  await expect(estimate).toHaveText('会发送 2 条，约 1 秒。');
  await page.getByTestId('recover-skipped').click();
  await expect(estimate).toHaveText('没有可以恢复的投递。');
  await page.getByTestId('recover-failed').click();
  await expect(estimate).toHaveText('会发送 2 条，约 1 秒。');
  await page.getByTestId('start-recovery').click();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(2);
});
