import { letDeliveriesWait } from '../flows/let-deliveries-wait.flow.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { DisableDialogPage } from '../pages/disable-dialog.page.js';
import { StoppedWebhookPage } from '../pages/stopped-webhook.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('a person disables a webhook, sees what waits, and enables it with what was skipped', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const frame = new ConsolePage(page);
  const question = new DisableDialogPage(page);
  const stopped = new StoppedWebhookPage(page);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const { webhookId } = await letDeliveriesWait(app, receiver, 2);
  const row = webhooks.row(receiver.url);

  await test.step('the question names how many wait', async () => {
    await webhooks.open(app.appKey);
    await webhooks.toggleIn(row).click();
    await expect(question.waiting).toContainText('2 条投递正在等待');
    await question.confirm();
    await expect(frame.message(/^已停用/)).toBeVisible();
  });

  await test.step('they go on waiting, and the log says what for', async () => {
    await app.sendEvent();
    await log.open(app.appKey, webhookId);
    await expect(stopped.notice).toContainText('2 条投递在等待，启用后发出');
    await expect(log.statusIn(log.rows.first())).toHaveText('已跳过');
    await expect(log.statusIn(log.rows.last())).toHaveText('已暂停');
    await log.openIn(log.rows.last()).click();
    await expect(drawer.state).toContainText('有人暂停或停用了回调地址');
    await drawer.close();
  });

  await test.step('enabling it offers to deliver what was skipped', async () => {
    await stopped.revive.click();
    await expect(frame.question).toContainText('停用期间有事件被跳过');
    await frame.answer('补发');
    await expect(frame.message(/已开始补发/)).toBeVisible();
    await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(1);
    expect(await app.listDeliveries('pending')).toHaveLength(2);
  });

  await test.step('asked for, what waits is canceled with the next disabling', async () => {
    await webhooks.open(app.appKey);
    await webhooks.toggleIn(row).click();
    await question.cancelWhatWaits();
    await question.confirm();
    await expect(frame.message(/^已停用/).last()).toBeVisible();
    await expect.poll(async () => (await app.listDeliveries('canceled')).length).toBe(2);
  });
});

test('a person pauses a webhook instead of disabling it, and resumes it', async ({ page, app, receiver }) => {
  const webhooks = new WebhooksPage(page);
  const frame = new ConsolePage(page);
  const question = new DisableDialogPage(page);
  const stopped = new StoppedWebhookPage(page);
  const log = new DeliveryLogPage(page);
  const { webhookId } = await app.createWebhook({ url: receiver.url });
  const row = webhooks.row(receiver.url);

  await webhooks.open(app.appKey);
  await webhooks.toggleIn(row).click();
  await question.pauseInstead();
  await expect(webhooks.healthIn(row)).toHaveText('人工暂停');
  await app.sendEvent();
  await log.open(app.appKey, webhookId);
  await expect(stopped.notice).toContainText('暂停了回调');
  await expect(log.statusIn(log.rows.first())).toHaveText('已暂停');

  await stopped.revive.click();
  await expect(frame.question).toContainText('等待中的 1 条投递');
  await frame.answer('立即恢复');
  await expect(log.statusIn(log.rows.first())).toHaveText('已送达');
  await expect(stopped.notice).toHaveCount(0);
});

test('a webhook that is switched off in its form is disabled after the same question', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);
  const question = new DisableDialogPage(page);
  await letDeliveriesWait(app, receiver, 2);
  const row = webhooks.row(receiver.url);

  await webhooks.open(app.appKey);
  await webhooks.editIn(row).click();
  await dialog.switchEnabled();
  await dialog.save();
  await expect(question.waiting).toContainText('2 条投递正在等待');
  await question.confirm();
  await expect(new ConsolePage(page).message(/^已停用/)).toBeVisible();
  const [webhook] = await app.listWebhooks();
  expect(webhook).toMatchObject({ enabled: false, stats: { pending: 2 } });
});

test('a person sends what waits now: one delivery, then all of the webhook', async ({
  page,
  app,
  receiver,
}) => {
  const frame = new ConsolePage(page);
  const detail = new WebhookDetailPage(page);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const { webhookId } = await letDeliveriesWait(app, receiver, 3);

  await test.step('one, out of its drawer', async () => {
    await log.open(app.appKey, webhookId);
    await expect(log.statusIn(log.rows.first())).toHaveText('重试中');
    await log.openIn(log.rows.first()).click();
    await drawer.sendNow.click();
    await expect(drawer.status).toHaveText('已送达');
    await drawer.close();
    expect(await app.listDeliveries('pending')).toHaveLength(2);
  });

  await test.step('all, on the page of the webhook', async () => {
    await detail.open(app.appKey, webhookId);
    await detail.sendNow.click();
    await expect(frame.question).toContainText('等待中的 2 条投递');
    await frame.answer('立即发送等待的投递');
    await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(3);
  });
});
