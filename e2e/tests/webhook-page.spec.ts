import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';

test('the page of a webhook has a tab for each subject, with an address of its own', async ({
  page,
  app,
  receiver,
}) => {
  const detail = new WebhookDetailPage(page);
  const dialog = new WebhookDialogPage(page);
  const frame = new ConsolePage(page);
  const { webhookId } = await app.createWebhook({ url: receiver.url, name: '审核' });
  const address = `/apps/${app.appKey}/im-webhooks/${webhookId}`;
  await app.sendEvent();
  await detail.open(app.appKey, webhookId);
  await expect(frame.heading).toHaveText('审核');

  await detail.openTab('deliveries');
  await expect(page).toHaveURL(`${address}/deliveries`);
  await expect(new DeliveryLogPage(page).rows).toHaveCount(1);

  await test.step('the history says what a change of settings was', async () => {
    await detail.edit.click();
    await dialog.unfold('delivery');
    await dialog.choose('format', 'CloudEvents 1.0');
    await dialog.keepOrder();
    await dialog.save();
    await dialog.dialog.waitFor({ state: 'hidden' });
    await detail.openTab('history');
    await expect(page).toHaveURL(`${address}/history`);
    await expect(detail.revisions).toHaveCount(2);
    await expect(detail.revisions.first()).toContainText('IM 信封→CloudEvents 1.0');
    await expect(detail.revisions.first()).toContainText('不保证顺序→按会话保序');
  });

  await test.step('Back leads through the tabs, the breadcrumb to the list', async () => {
    await page.goBack();
    await expect(page).toHaveURL(`${address}/deliveries`);
    await page.goBack();
    await expect(page).toHaveURL(address);
    await page.getByRole('navigation', { name: '所在位置' }).getByRole('link').click();
    await expect(page).toHaveURL(`/apps/${app.appKey}/im-webhooks`);
  });
});
