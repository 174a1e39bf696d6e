import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('deleting names the webhook and asks; only a yes deletes it', async ({ page, app, receiver }) => {
  const webhooks = new WebhooksPage(page);
  const consolePage = new ConsolePage(page);
  const other = `${receiver.url}/other`;
  await app.createWebhook({ url: receiver.url });
  await app.createWebhook({ url: other });
  await webhooks.open(app.appKey);

  await webhooks.deleteIn(webhooks.row(other)).click();
  await expect(consolePage.question).toContainText(other);
  await consolePage.answer('取消');
  await expect(consolePage.question).toBeHidden();
  await expect(webhooks.row(other)).toBeVisible();
  expect(await app.listWebhooks()).toHaveLength(2);

  await webhooks.deleteIn(webhooks.row(other)).click();
  await consolePage.answer('确认删除');
  await expect(webhooks.row(other)).toHaveCount(0);
  await expect(webhooks.row(receiver.url)).toBeVisible();
  expect((await app.listWebhooks()).map((webhook) => webhook.url)).toEqual([receiver.url]);
});

for (const { what, url, reason } of [
  { what: 'an empty address', url: '', reason: '请填写回调地址' },
  { what: 'an unknown scheme', url: 'ftp://example.com/im', reason: 'http://' },
  { what: 'a private address', url: 'http://10.0.0.1/im', reason: '这个地址不允许访问' },
  { what: 'a private address in disguise', url: 'http://[::ffff:a00:1]/im', reason: '这个地址不允许访问' },
  { what: 'an address with a password', url: 'http://user:pw@example.com/', reason: '格式不正确' },
]) {
  test(`${what} is refused next to the address, and nothing is saved`, async ({ page, app }) => {
    const dialog = new WebhookDialogPage(page);
    const webhooks = new WebhooksPage(page);
    await webhooks.open(app.appKey);
    await webhooks.create.click();
    await dialog.url.fill(url);
    await dialog.save();

    await expect(dialog.errorOf('回调地址')).toContainText(reason);
    await expect(dialog.errors).toHaveCount(1);
    expect(await app.listWebhooks()).toEqual([]);
  });
}

test('closing the form asks before it throws typed input away', async ({ page, app, receiver }) => {
  const dialog = new WebhookDialogPage(page);
  const webhooks = new WebhooksPage(page);
  const frame = new ConsolePage(page);
  await webhooks.open(app.appKey);
  await webhooks.create.click();
  await expect(dialog.url).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog.dialog).toBeHidden();

  await webhooks.create.click();
  await expect(dialog.url).toBeFocused();
  await dialog.url.fill(receiver.url);
  await page.keyboard.press('Escape');
  await expect(frame.question).toContainText('还没有保存');
  await frame.answer('取消');
  await expect(dialog.url).toHaveValue(receiver.url);

  await frame.navigationLink('告警').click({ force: true });
  await frame.answer('放弃');
  await expect(dialog.dialog).toBeHidden();
  expect(await app.listWebhooks()).toEqual([]);
});

test('a fault in a folded setting unfolds it and is shown next to it', async ({ page, app, receiver }) => {
  const dialog = new WebhookDialogPage(page);
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await webhooks.create.click();
  await dialog.url.fill(receiver.url);
  await dialog.unfold('headers');
  await dialog.addHeader('X-App-Signature', 'forged');
  await dialog.unfold('headers');
  await expect(dialog.headersGroup).toBeHidden();
  await dialog.save();

  await expect(dialog.headersError).toContainText('X-App-Signature');
  await expect(dialog.errors).toHaveCount(0);
  expect(await app.listWebhooks()).toEqual([]);
});

test('a webhook gets the external id that it has in another system, unless another webhook has it', async ({
  page,
  app,
  receiver,
}) => {
  const dialog = new WebhookDialogPage(page);
  const detail = new WebhookDetailPage(page);
  const { webhookId } = await app.createWebhook({ url: receiver.url });
  await app.createWebhook({ url: `${receiver.url}/other`, externalId: 'orders' });
  await detail.open(app.appKey, webhookId);
  await detail.edit.click();
  await dialog.unfold('advanced');
  await dialog.externalId.fill('order system');
  await dialog.save();
  await expect(dialog.errorOf('外部 ID')).toHaveText('只能包含字母、数字和 . _ : -');
  await dialog.externalId.fill('orders');
  await dialog.save();
  await expect(dialog.errorOf('外部 ID')).toHaveText('已被占用');
  await expect(dialog.errors).toHaveCount(1);
  await dialog.externalId.fill('orders-2');
  await dialog.save();
  await expect(dialog.dialog).toBeHidden();

  await detail.openTab('settings');
  await expect(detail.externalId).toHaveText('orders-2');
  await detail.externalId.getByRole('button', { name: '复制 外部 ID' }).click();
  await expect(new ConsolePage(page).message('已复制')).toBeVisible();
});
