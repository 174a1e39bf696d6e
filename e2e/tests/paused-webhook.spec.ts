import { pauseWebhook, WAITING } from '../flows/pause-webhook.flow.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { SettingsPage } from '../pages/settings.page.js';
import { StoppedWebhookPage } from '../pages/stopped-webhook.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('a person resumes a paused webhook once its receiver is repaired, and what waited arrives', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const stopped = new StoppedWebhookPage(page);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const settings = new SettingsPage(page);
  const frame = new ConsolePage(page);
  await pauseWebhook(app, receiver);
  const row = webhooks.row(receiver.url);

  await test.step('the list says that it is paused, what waits and how it goes on', async () => {
    await webhooks.open(app.appKey);
    await expect(webhooks.healthIn(row)).toHaveAttribute('data-health', 'danger');
    await expect(stopped.reasonIn(row)).toContainText(`${WAITING} 条在等`);
    await expect(stopped.reviveIn(row)).toHaveText('立即恢复');
  });

  await test.step('its log does not promise an attempt while the breaker is open', async () => {
    await webhooks.logIn(row).click();
    await expect(stopped.notice).toContainText('投递已暂停');
    await expect(stopped.heldBack).toHaveCount(WAITING);
    await log.openIn(log.rows.first()).click();
    await expect(drawer.state).toContainText('回调地址因连续失败被暂停');
    await drawer.close();
  });

  await test.step('resumed, it says so, and everything arrives before the person’s eyes', async () => {
    await stopped.revive.click();
    await expect(frame.question).toContainText(`等待中的 ${WAITING} 条投递`);
    receiver.answerWith({ status: 200, body: '{"ok":true}' });
    await frame.answer('立即恢复');
    await expect(frame.message(/^已恢复/)).toBeVisible();
    await expect(stopped.notice).toHaveCount(0);
    for (let index = 0; index < WAITING; index += 1) {
      await expect(log.statusIn(log.rows.nth(index))).toHaveText('已送达');
    }
    await expect(stopped.heldBack).toHaveCount(0);
  });

  await test.step('the webhook is healthy again, and the audit log knows who resumed it', async () => {
    await webhooks.open(app.appKey);
    await expect(webhooks.healthIn(row)).toHaveText('正常');
    await expect(stopped.reviveIn(row)).toHaveCount(0);
    await settings.openAuditLog(app.appKey);
    await expect(settings.auditTable).toContainText('恢复了回调');
  });
});

test('a webhook that a 410 disabled says why, and is enabled from the notice', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const stopped = new StoppedWebhookPage(page);
  const row = webhooks.row(receiver.url);
  receiver.answerWith({ status: 410 });
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(async () => (await app.listWebhooks())[0]?.disabledReason).toBe('gone');

  await webhooks.open(app.appKey);
  await expect(stopped.reasonIn(row)).toContainText('接收方回复 410，已自动停用');
  await webhooks.detailIn(row).click();
  await expect(stopped.notice).toContainText('接收方回复了 410');
  await stopped.revive.click();
  await expect(stopped.notice).toHaveCount(0);

  receiver.answerWith({ status: 200 });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
});
