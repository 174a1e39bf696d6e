import { editWebhook } from '../flows/edit-webhook.flow.js';
import { expect, test } from '../harness/test.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

const FIRST_SECRET = 'first-secret-of-this-webhook';
const SECOND_SECRET = '第二个密钥 with spaces & signs';

test('editing keeps the secret when it is left empty, replaces it when typed, removes it when asked', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const row = webhooks.row(receiver.url);
  await app.createWebhook({ url: receiver.url, secret: FIRST_SECRET });
  await webhooks.open(app.appKey);
  await expect(row).toContainText('******');

  /** Which of the keys signed the next delivery. */
  async function signerOfNextDelivery(): Promise<string | undefined> {
    const before = receiver.requests.length;
    await app.sendEvent();
    await expect.poll(() => receiver.requests.length).toBe(before + 1);
    const keys = { first: FIRST_SECRET, second: SECOND_SECRET, app: app.appSecret };
    return Object.entries(keys).find(([, key]) => receiver.last?.isSignedWith(key))?.[0];
  }

  await test.step('left empty, another setting changes and the secret stays', async () => {
    await editWebhook(page, receiver.url, async (dialog) => {
      await expect(dialog.secret).toHaveValue('');
      await dialog.unfold('headers');
      await dialog.addHeader('X-Team', 'chat');
    });
    expect(await signerOfNextDelivery()).toBe('first');
    expect(receiver.last?.headers['x-team']).toBe('chat');
  });

  await test.step('typed, it signs from now on', async () => {
    await editWebhook(page, receiver.url, (dialog) => dialog.secret.fill(SECOND_SECRET));
    expect(await signerOfNextDelivery()).toBe('second');
  });

  await test.step('removed, the AppSecret signs', async () => {
    await editWebhook(page, receiver.url, async (dialog) => {
      await expect(dialog.currentSigner).toContainText('当前使用单独的回调密钥签名');
      await dialog.removeSecret.click();
    });
    await expect(row).not.toContainText('******');
    await expect(row).toContainText('用 AppSecret 签名');
    expect(await signerOfNextDelivery()).toBe('app');
  });
});
