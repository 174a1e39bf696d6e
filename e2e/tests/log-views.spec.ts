import { expect, test } from '../harness/test.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('the view of all that is not well shows what failed and what is paused', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const webhook = await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  receiver.answerWith({ status: 503 });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  receiver.answerWith({ status: 200 });
  await app.pauseWebhook(webhook.webhookId);
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('pending')).toHaveLength(1);

  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(3);
  await log.view('有问题').click();
  await expect(page).toHaveURL(/[?&]phase=problem/);
  await expect(log.rows).toHaveCount(2);
  await expect(log.statusIn(log.rows.first())).toHaveText('已暂停');
  await expect(log.statusIn(log.rows.last())).toHaveText('失败');
  await expect(log.chip('phase')).toHaveText('状态 有问题');

  await log.view('全部').click();
  await expect(log.rows).toHaveCount(3);
  await log.query.fill('is:problem');
  await log.query.press('Enter');
  await expect(log.rows).toHaveCount(2);
});

test('a view of one’s own is kept in the browser until it is deleted', async ({ page, app, receiver }) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(1);

  await log.query.fill('status:failed kind:event');
  await log.query.press('Enter');
  await expect(log.rows).toHaveCount(0);
  await log.saveView('夜班');
  await expect(log.view('夜班')).toHaveAttribute('aria-pressed', 'true');

  await page.goto(`/apps/${app.appKey}/deliveries`);
  await expect(log.rows).toHaveCount(1);
  await expect(log.view('夜班')).toHaveAttribute('aria-pressed', 'false');
  await log.view('夜班').click();
  await expect(page).toHaveURL(/[?&]status=failed/);
  await expect(page).toHaveURL(/[?&]kind=event/);
  await expect(log.rows).toHaveCount(0);

  await log.deleteView('夜班');
  await expect(log.view('夜班')).toHaveCount(0);
  await page.reload();
  await expect(log.view('全部')).toBeVisible();
  await expect(log.view('夜班')).toHaveCount(0);
});
