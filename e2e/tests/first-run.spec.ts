import { openEmptyAccount } from '../flows/open-empty-account.flow.js';
import { countClicks } from '../harness/click-counter.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { AppsPage } from '../pages/apps.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { FirstRunPage } from '../pages/first-run.page.js';
import { TestReceiverPage } from '../pages/test-receiver.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test('from an empty account to the first delivered event in five clicks', async ({ browser, admin }) => {
  const context = await browser.newContext({ storageState: LOGGED_OUT });
  const page = await context.newPage();
  const apps = new AppsPage(page);
  const firstRun = new FirstRunPage(page);
  const receiver = new TestReceiverPage(page);
  const drawer = new DeliveryDrawerPage(page);
  await openEmptyAccount(page, admin);
  // Counted from here: a page is not loaded again below.
  const clicks = await countClicks(page);
  await page.goto('/apps');
  await expect(firstRun.step('app')).toHaveAttribute('data-state', 'current');

  await test.step('an app, and the receiver that is there already', async () => {
    await apps.create.click();
    await apps.fillCreateDialog('客服系统', 'com.example.chat');
    await apps.confirmSecretSaved();
    await expect(firstRun.step('webhook')).toHaveAttribute('data-state', 'current');
    await firstRun.tryTestReceiver.click();
    await expect(receiver.url).toContainText('/test-receiver/');
    await expect(firstRun.step('event')).toHaveAttribute('data-state', 'current');
  });

  await test.step('a real event, whose delivery opens by itself', async () => {
    await firstRun.send.click();
    await expect(drawer.status).toHaveText('已送达');
    await expect(drawer.attempts).toHaveCount(1);
    await expect(firstRun.step('delivered')).toHaveAttribute('data-state', 'done');
    expect(await clicks()).toBeLessThanOrEqual(5);
  });

  await test.step('it is over for good', async () => {
    await drawer.close();
    await firstRun.close.click();
    await expect(firstRun.rail).toBeHidden();
    await page.reload();
    await new ConsolePage(page).becomeIdle();
    await expect(firstRun.rail).toBeHidden();
  });
  await context.close();
});

test('the test receiver shows what it got with a verdict, and fails when it is told to', async ({
  page,
  app,
}) => {
  const receiver = new TestReceiverPage(page);
  const drawer = new DeliveryDrawerPage(page);
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await receiver.tryIt.click();
  await expect(receiver.requests).toHaveCount(0);
  await receiver.send.click();
  await expect(drawer.status).toHaveText('已送达');

  await receiver.open(app.appKey);
  await expect(receiver.requests).toHaveCount(1);
  await expect(receiver.verdictIn(receiver.requests.first())).toHaveText('验签通过');
  await receiver.requests.first().click();
  await expect(receiver.drawer).toContainText('X-App-Signature');
  await expect(receiver.drawer).toContainText('"message.sent"');
  await page.goBack();

  await receiver.mode('失败').click();
  await expect(receiver.modes.getByRole('radio', { name: '失败' })).toBeChecked();
  await app.sendEvent();
  await expect(receiver.requests).toHaveCount(2);
  await expect(receiver.requests.first()).toContainText('HTTP 500');

  await webhooks.open(app.appKey);
  await receiver.link.click();
  await expect(receiver.requests).toHaveCount(2);
});
