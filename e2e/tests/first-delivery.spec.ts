import { addWebhook } from '../flows/edit-webhook.flow.js';
import { AppInTest, uniqueName } from '../harness/app-in-test.js';
import { findProduct } from '../harness/product-address.js';
import { expect, test } from '../harness/test.js';
import { AppsPage } from '../pages/apps.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('from a new app to a signed callback that the log shows as it was sent', async ({
  page,
  admin,
  receiver,
}) => {
  const apps = new AppsPage(page);
  const webhooks = new WebhooksPage(page);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const name = uniqueName();
  receiver.answerWith({ status: 202, body: '{"accepted":"收到"}' });

  const app = await test.step('a new app shows its AppSecret, once', async () => {
    await page.goto('/apps');
    await apps.create.click();
    await apps.fillCreateDialog(name, 'com.example.chat');
    await expect(apps.secret).toBeVisible();
    const appSecret = await apps.secret.innerText();
    await apps.confirmSecretSaved();
    await expect(apps.secret).toBeHidden();
    const appKey = (await apps.appKeyIn(apps.card(name))) ?? '';
    await expect(new ConsolePage(page).body).not.toContainText(appSecret);
    return new AppInTest(findProduct().url, admin, appKey, appSecret, name);
  });

  await test.step('a webhook needs nothing but its address', async () => {
    await apps.goInto(name);
    await addWebhook(page, receiver.url);
    await expect(webhooks.row(receiver.url)).toContainText('用 AppSecret 签名');
    await expect(webhooks.healthIn(webhooks.row(receiver.url))).toHaveText('正常');
  });

  await test.step('an event arrives once, signed with the AppSecret', async () => {
    const ingested = await app.sendEvent('message.sent');
    expect(ingested).toMatchObject({ deliveries: 1, duplicate: false });
    await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
    expect(receiver.requests).toHaveLength(1);
    expect(receiver.last?.method).toBe('POST');
    expect(receiver.last?.isSignedWith(app.appSecret)).toBe(true);
    expect(receiver.last?.isSignedWith('another secret')).toBe(false);
    expect(receiver.last?.envelope).toMatchObject({ event: 'message.sent', appKey: app.appKey });
  });

  await test.step('the log shows it delivered', async () => {
    await webhooks.logIn(webhooks.row(receiver.url)).click();
    await expect(log.webhookUrl).toHaveText(receiver.url);
    await expect(log.rows).toHaveCount(1);
    await expect(log.statusIn(log.rows.first())).toHaveText('已送达');
    await expect(log.rows.first()).toContainText('message.sent');
  });

  await test.step('the drawer shows the attempt, the response, and the request as sent', async () => {
    await log.openIn(log.rows.first()).click();
    await expect(drawer.status).toHaveText('已送达');
    await expect(drawer.state).toContainText('第 1 次尝试送达');
    await expect(drawer.callbackId).toHaveText(receiver.last?.envelope.callbackId ?? '');
    await expect(drawer.attempts).toHaveCount(1);
    const attempt = drawer.attempts.first();
    await expect(attempt).toContainText('HTTP 202');
    await drawer.showResponseIn(attempt);
    await expect(drawer.responseBody).toContainText('收到');
    await drawer.tab('请求').click();
    await expect(drawer.header('X-App-Signature')).toHaveText(
      String(receiver.last?.headers['x-app-signature']),
    );
    await drawer.showRawRequestBody();
    await expect(drawer.requestBody).toHaveText(receiver.last?.body ?? '', {
      useInnerText: true,
    });
  });

  await test.step('the address of the open drawer opens the same for a colleague', async () => {
    const colleague = await page.context().newPage();
    await colleague.goto(page.url());
    const theirs = new DeliveryDrawerPage(colleague);
    await expect(theirs.tab('请求')).toHaveAttribute('aria-selected', 'true');
    await expect(theirs.requestBody).toContainText(receiver.last?.envelope.callbackId ?? '');
    await theirs.close();
    await expect(colleague).not.toHaveURL(/open=/);
    await expect(new DeliveryLogPage(colleague).rows).toHaveCount(1);
  });
});
