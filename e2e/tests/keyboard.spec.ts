/** What people do every day needs no mouse. */
import type { Page } from '@playwright/test';
import { expect, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

const focusedTestId = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.testid);

test('a webhook is added with only the keyboard, within 8 tabs from the start of the page', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);
  await app.createWebhook({ url: `${receiver.url}/other` });
  await webhooks.open(app.appKey);
  await expect(webhooks.row('/other')).toBeVisible();

  // The first one leads past the navigation.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  let tabs = 1;
  while ((await focusedTestId(page)) !== 'create-webhook' && tabs < 8) {
    await page.keyboard.press('Tab');
    tabs += 1;
  }
  expect(await focusedTestId(page)).toBe('create-webhook');

  await page.keyboard.press('Enter');
  await expect(dialog.url).toBeFocused();
  await page.keyboard.type(receiver.url);
  await page.keyboard.press('Enter');
  await expect(dialog.dialog).toBeHidden();
  await expect(webhooks.row('/im/callback').first()).toBeVisible();
  expect(await app.listWebhooks()).toHaveLength(2);
});

test('a failure is found and redelivered with only the keyboard', async ({ page, app, receiver }) => {
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  await app.createWebhook({ url: receiver.url, retryPolicy: { maxAttempts: 1 } });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  receiver.answerWith({ status: 503 });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('failed')).toHaveLength(1);
  receiver.answerWith({ status: 200 });

  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('status:failed');
  await page.keyboard.press('Enter');
  await expect(log.rows).toHaveCount(1);
  // The first closes what the field offers, if it is open; the field is left with it or with the next one.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(drawer.status).toHaveText('失败');
  await page.keyboard.press('r');
  await expect(drawer.status).toHaveText('已送达');
  expect(receiver.requests).toHaveLength(3);
});
