import { expect, test } from '../harness/test.js';
import { SecretRotationPage } from '../pages/secret-rotation.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('an AppSecret is replaced in two steps, and the old one goes on for the overlap', async ({
  page,
  app,
  receiver,
}) => {
  const rotation = new SecretRotationPage(page);
  await app.createWebhook({ url: receiver.url });
  await new WebhooksPage(page).open(app.appKey);

  /** The signature headers of the next delivery. */
  async function signaturesOfNextDelivery(): Promise<string[]> {
    const before = receiver.requests.length;
    await app.sendEvent();
    await expect.poll(() => receiver.requests.length).toBe(before + 1);
    return Object.keys(receiver.last?.headers ?? {}).filter((name) => name.startsWith('x-app-signature'));
  }

  const nextSecret = await rotation.stage();
  expect(nextSecret).not.toBe(app.appSecret);
  await expect(rotation.nextSecretDialog).toContainText('接下来');
  await rotation.confirmSaved();
  await expect(rotation.staged).toContainText('新密钥待启用');
  expect(await signaturesOfNextDelivery()).toEqual(['x-app-signature', 'x-app-signature-next']);
  expect(receiver.last?.isSignedWith(app.appSecret)).toBe(true);

  await rotation.activate();
  await expect(rotation.overlap).toContainText('旧密钥保留至');
  await expect(rotation.staged).toBeHidden();
  expect(await signaturesOfNextDelivery()).toEqual(['x-app-signature', 'x-app-signature-previous']);
  expect(receiver.last?.isSignedWith(nextSecret)).toBe(true);
});
