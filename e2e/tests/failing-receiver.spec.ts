import type { CreateWebhookRequest } from '@im/contracts/api/webhooks';
import { redeliverNewest } from '../flows/redeliver.flow.js';
import { expect, test } from '../harness/test.js';
import { AlertsPage } from '../pages/alerts.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

/** Gives up after 5 attempts in a quarter of a second, so that the failures in a row do not change any more. */
const FIVE_QUICK_TRIES: CreateWebhookRequest['retryPolicy'] = {
  strategy: 'fixed',
  initialDelayMs: 50,
  maxAttempts: 5,
};

test('a failing receiver raises an alert that a person acknowledges and a delivery resolves', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const alerts = new AlertsPage(page);
  const failures = alerts.alert('consecutive_failures');
  const row = webhooks.row(receiver.url);
  receiver.answerWith({ status: 500, body: '{"error":"数据库连不上"}' });
  const webhook = await app.createWebhook({ url: receiver.url, retryPolicy: FIVE_QUICK_TRIES });

  await test.step('5 failures in a row: a warning', async () => {
    await app.sendEvent();
    await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
    await webhooks.open(app.appKey);
    await expect(webhooks.healthIn(row)).toHaveText('失败 5 次');
    await expect(webhooks.healthIn(row)).toHaveAttribute('data-health', 'warning');
    await webhooks.seeAlerts.click();
    await expect(alerts.severityIn(failures)).toHaveText('警告');
    await expect(alerts.statusIn(failures)).toHaveText('未处理');
  });

  await test.step('10 failures in a row: danger, and the same alert is critical', async () => {
    await app.sendEvent();
    await expect.poll(() => app.listDeliveries('failed')).toHaveLength(2);
    await webhooks.open(app.appKey);
    await expect(webhooks.healthIn(row)).toHaveText('失败 10 次');
    await expect(webhooks.healthIn(row)).toHaveAttribute('data-health', 'danger');
    await webhooks.seeAlerts.click();
    await expect(failures).toHaveCount(1);
    await expect(alerts.severityIn(failures)).toHaveText('严重');
    await expect(alerts.detailIn(failures)).toContainText('连续失败 10 次');
    await expect(alerts.lastFailure).toContainText('HTTP 500');
    await expect(alerts.incidents).toHaveCount(1);
  });

  await test.step('acknowledged, the incident says who is on it', async () => {
    await alerts.acknowledge.click();
    await expect(alerts.statusIn(failures)).toHaveText('已确认');
    await expect(alerts.incidents).toContainText('admin@example.com 在处理');
    await expect(alerts.acknowledge).toHaveCount(0);
  });

  await test.step('the receiver repaired, what failed is sent again and arrives', async () => {
    receiver.answerWith({ status: 200, body: '{"ok":true}' });
    await new DeliveryLogPage(page).open(app.appKey, webhook.webhookId);
    await redeliverNewest(page);
    await expect(new DeliveryDrawerPage(page).status).toHaveText('已送达');
  });

  await test.step('the alert is resolved by itself and the webhook is healthy again', async () => {
    await alerts.open(app.appKey);
    await expect(alerts.emptyNotice).toContainText('没有进行中的告警');
    await alerts.showHistory();
    await expect(alerts.statusIn(failures)).toHaveText('已恢复');
    await expect(failures).toContainText('自动恢复');
    await webhooks.open(app.appKey);
    await expect(webhooks.healthIn(row)).toHaveText('正常');
    await expect(webhooks.healthIn(row)).toHaveAttribute('data-health', 'success');
  });
});

test('the drawer of a failed delivery shows every attempt, what happened and what to do', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  receiver.answerWith({ status: 401, body: 'bad signature' });
  const webhook = await app.createWebhook({
    url: receiver.url,
    retryPolicy: { strategy: 'fixed', initialDelayMs: 50, maxAttempts: 2 },
  });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);

  await log.open(app.appKey, webhook.webhookId);
  await expect(log.statusIn(log.rows.first())).toHaveText('失败');
  await expect(log.rows.first()).toContainText('接收方拒绝签名');
  await log.openIn(log.rows.first()).click();
  await expect(drawer.attempts).toHaveCount(2);
  const newest = drawer.attempts.first();
  await expect(newest).toContainText('第 2 次');
  await expect(drawer.adviceIn(newest)).toContainText('验签没有通过');
  await drawer.showResponseIn(newest);
  await expect(drawer.responseBody).toHaveText('bad signature');
});
