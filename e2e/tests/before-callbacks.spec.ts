import { expect, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';

test('a webhook is set to decide about an event, and asked from its page', async ({
  page,
  app,
  receiver,
}) => {
  const dialog = new WebhookDialogPage(page);
  const detail = new WebhookDetailPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const { webhookId } = await app.createWebhook({ url: receiver.url });
  await detail.open(app.appKey, webhookId);
  await expect(detail.before).toHaveCount(0);

  await test.step('the form asks for the events and says what is missing', async () => {
    await detail.edit.click();
    await dialog.unfold('before');
    await dialog.switchBefore();
    await dialog.save();
    await expect(dialog.errors).toContainText(['请至少选择一个事件']);
    await dialog.decideAbout('friend.request.sent');
    await dialog.beforeDeadline.fill('2000');
    await dialog.policy('拒绝').click();
    await dialog.save();
    await dialog.dialog.waitFor({ state: 'hidden' });
  });

  await test.step('its page shows the setting', async () => {
    await expect(detail.before).toContainText('friend.request.sent');
    await expect(detail.before).toContainText('2 秒');
    expect(await app.listWebhooks()).toMatchObject([
      { before: { events: ['friend.request.sent'], deadlineMs: 2_000, onFailure: 'deny' } },
    ]);
  });

  await test.step('it is asked, and its decision shown', async () => {
    receiver.answerWith({ body: '{"decision":"deny","code":5001,"reason":"敏感词"}' });
    await detail.ask.click();
    await detail.sendQuestion.click();
    await expect(detail.askResult).toHaveAttribute('data-decision', 'deny');
    await expect(detail.askResult).toContainText('敏感词');
    expect(receiver.last?.headers['x-app-kind']).toBe('before');
    receiver.answerWith({ status: 503 });
    await detail.sendQuestion.click();
    await expect(detail.askResult).toHaveAttribute('data-decided-by', 'error');
    await expect(detail.askResult).toHaveAttribute('data-decision', 'deny');
  });

  await test.step('the question is in the log', async () => {
    await detail.askResult.getByRole('link').click();
    await expect(drawer.drawer).toContainText('friend.request.sent');
    await expect(drawer.kind).toHaveText('前置回调');
    await expect(drawer.redeliver).toHaveCount(0);
  });
});

test('an event that another webhook decides cannot be chosen again', async ({ page, app, receiver }) => {
  const dialog = new WebhookDialogPage(page);
  const detail = new WebhookDetailPage(page);
  await app.createWebhook({ url: receiver.url, name: '审核', before: { events: ['message.sent'] } });
  const { webhookId } = await app.createWebhook({ url: `${receiver.url}/2` });
  await detail.open(app.appKey, webhookId);
  await detail.edit.click();
  await dialog.unfold('before');
  await dialog.switchBefore();
  await dialog.decideAbout('message.sent');
  await dialog.save();
  await expect(dialog.errors).toContainText(['message.sent 已由「审核」决定']);
});
