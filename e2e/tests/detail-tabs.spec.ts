import { expect, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('a delivery shows when each attempt was, what was sent and answered, and its payload', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  receiver.answerWith({ status: 500, body: 'broken' });
  const hourMs = 3_600_000;
  await app.createWebhook({
    url: receiver.url,
    retryPolicy: { scheduleMs: [hourMs, hourMs], jitter: false },
  });
  await app.sendEvent();
  await app.sendEvent();
  await expect
    .poll(async () => (await app.listDeliveries('pending')).map(({ attempts }) => attempts))
    .toEqual([1, 1]);
  receiver.answerWith({ status: 404, body: 'gone' });
  await log.openApp(app.appKey);
  await log.openIn(log.rows.first()).click();
  await drawer.sendNow.click();
  await test.step('the timeline has the waits between attempts, and counts down to the next', async () => {
    await expect(drawer.attempts).toHaveCount(2);
    await expect(drawer.waits).toHaveText(/^\s*等 [\d.]+ (毫秒|秒|分钟)/);
    await expect(drawer.nextAttempt).toContainText(/下次尝试\s*(1:00:00|59:\d\d)/);
  });

  await test.step('the response of each attempt, and how it differs from the one before', async () => {
    await drawer.showResponseIn(drawer.attempts.first());
    await expect(page).toHaveURL(/[?&]tab=response/);
    await expect(drawer.responseBody).toHaveText('gone');
    await expect(drawer.differences).toContainText('与第 1 次不同');
    await expect(drawer.differences).toContainText(/响应状态\s*500\s*→\s*404/);
    await drawer.chooseAttempt('第 1 次');
    await expect(drawer.responseBody).toHaveText('broken');
    await expect(drawer.differences).toHaveCount(0);
  });

  await test.step('a link to the tab and the attempt shows the same', async () => {
    await page.reload();
    await expect(drawer.attemptChooser).toContainText('第 1 次');
    await expect(drawer.responseBody).toHaveText('broken');
    await drawer.chooseAttempt('第 2 次');
    await expect(page).toHaveURL(/[?&]attempt=2(&|$)/);
    await expect(drawer.responseBody).toHaveText('gone');
    await drawer.chooseAttempt('第 1 次');
  });

  await test.step('Back leads to the list, and Forward to the attempt again', async () => {
    await page.goBack();
    await expect(drawer.drawer).toBeHidden();
    await expect(page).not.toHaveURL(/[?&](open|attempt)=/);
    await page.goForward();
    await expect(drawer.responseBody).toHaveText('broken');
  });

  await test.step('the tab stays with the next delivery, the attempt does not', async () => {
    await drawer.next.click();
    await expect(page).toHaveURL(/[?&]tab=response/);
    await expect(page).not.toHaveURL(/[?&]attempt=/);
    await page.goBack();
    await expect(page).toHaveURL(/[?&]attempt=1(&|$)/);
    await expect(drawer.attemptChooser).toContainText('第 1 次');
  });

  await test.step('the payload is a tab too', async () => {
    await drawer.tab('载荷').click();
    await page.reload();
    await expect(drawer.payload).toContainText('"conversationId"');
  });

  await test.step('the payload folds and is searched', async () => {
    await drawer.payloadSearch.fill('conversationid');
    await expect(drawer.payloadMatches).toHaveText(/^[1-9]\d* 行$/);
    await expect(drawer.payload.locator('mark').first()).toHaveText('conversationId');
    await drawer.payload.getByRole('button', { name: '第 1 行' }).click();
    await expect(drawer.payload).toHaveText(/\{…\}$/);
  });

  await drawer.close();
  await expect(page).not.toHaveURL(/[?&]open=/);
});
