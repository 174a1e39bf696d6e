import { verifyStandardWebhookSync } from '@im/contracts/signature-node';
import { expect, test } from '../harness/test.js';
import type { ReceivedRequest } from '../harness/receiver.js';
import { SecretRotationPage } from '../pages/secret-rotation.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

function isAcceptedWith(secret: string, request: ReceivedRequest | undefined): boolean {
  if (!request) return false;
  const header = (name: string) => String(request.headers[`webhook-${name}`]);
  const input = { id: header('id'), timestamp: header('timestamp') };
  return verifyStandardWebhookSync(secret, input, request.body, header('signature'));
}

test('a webhook is set up for Standard Webhooks, and its secret replaced in two steps', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);
  const detail = new WebhookDetailPage(page);
  const rotation = new SecretRotationPage(page);
  await webhooks.open(app.appKey);
  await webhooks.create.click();
  await dialog.url.fill(receiver.url);
  await dialog.unfold('delivery');
  await dialog.choose('format', 'Standard Webhooks');
  await dialog.choose('signature', 'X-App 加 Standard Webhooks');
  await dialog.keepOrder();
  await dialog.rateLimit.fill('50');
  await dialog.save();
  await dialog.dialog.waitFor({ state: 'hidden' });

  await webhooks.detailIn(webhooks.row(receiver.url)).click();
  await detail.openTab('settings');
  await expect(detail.settings).toContainText('Standard Webhooks');
  await expect(detail.settings).toContainText('按会话保序');
  await expect(detail.settings).toContainText('每秒最多 50 次请求');
  await detail.openTab('signing');
  await expect(detail.signer).toContainText('AppSecret');

  async function nextDelivery(): Promise<ReceivedRequest | undefined> {
    const before = receiver.requests.length;
    await app.sendEvent();
    await expect.poll(() => receiver.requests.length).toBe(before + 1);
    return receiver.last;
  }

  const secret = await rotation.stage();
  expect(secret).toMatch(/^whsec_/);
  await rotation.confirmSaved();
  const whileStaged = await nextDelivery();
  expect(isAcceptedWith(secret, whileStaged)).toBe(true);
  expect(whileStaged?.isSignedWith(app.appSecret)).toBe(true);
  expect(JSON.parse(whileStaged?.body ?? '')).toMatchObject({ type: 'message.sent' });

  await rotation.activate();
  await expect(detail.signer).toHaveText('单独的回调密钥');
  await expect(rotation.overlap).toContainText('旧密钥保留至');
  const afterwards = await nextDelivery();
  expect(isAcceptedWith(secret, afterwards)).toBe(true);
  expect(afterwards?.isSignedWith(secret)).toBe(true);
});

test('sending as received and batches exclude each other in the form', async ({ page, app, receiver }) => {
  const dialog = new WebhookDialogPage(page);
  const detail = new WebhookDetailPage(page);
  const batch = { maxEvents: 30, maxWaitMs: 2_000 };
  const { webhookId } = await app.createWebhook({ url: receiver.url, batch });
  await detail.open(app.appKey, webhookId);
  await detail.openTab('settings');
  await expect(detail.settings).toContainText('每批最多 30 个事件');

  await detail.edit.click();
  await dialog.unfold('delivery');
  await expect(dialog.maxEvents).toHaveValue('30');
  await dialog.maxEvents.fill('');
  await dialog.maxEvents.blur();
  await dialog.save();
  await expect(dialog.errors).toHaveText(['请填写 2 至 100']);

  await dialog.choose('format', '原样转发');
  await expect(dialog.batch).toBeDisabled();
  await expect(dialog.errors).toHaveCount(0);
  await dialog.save();
  await dialog.dialog.waitFor({ state: 'hidden' });
  await expect(detail.settings).toContainText('逐条投递');
  expect(await app.listWebhooks()).toMatchObject([{ format: 'raw', batch: null }]);
});
