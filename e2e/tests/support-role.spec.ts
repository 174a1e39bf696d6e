import { logIn } from '../flows/log-in.flow.js';
import { redeliverNewest } from '../flows/redeliver.flow.js';
import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { AlertsPage } from '../pages/alerts.page.js';
import { AppsPage } from '../pages/apps.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test.use({ storageState: LOGGED_OUT });

test('support reads, redelivers and acknowledges, and is offered nothing else', async ({
  page,
  app,
  receiver,
  addMember,
}) => {
  const pages = await seedEveryPage(app, receiver);
  const apps = new AppsPage(page);
  const webhooks = new WebhooksPage(page);
  const alerts = new AlertsPage(page);
  const log = new DeliveryLogPage(page);

  await test.step('apps: no creating, no changing, no secret', async () => {
    await page.goto('/login');
    await logIn(page, await addMember('support'));
    await expect(apps.card(app.name)).toBeVisible();
    await expect(apps.create).toHaveCount(0);
    await expect(apps.menuIn(apps.card(app.name))).toHaveCount(0);
  });

  await test.step('IM 回调配置: everything to read, nothing to change', async () => {
    await webhooks.open(app.appKey);
    await expect(new ConsolePage(page).navigationLink('IM 来源')).toHaveCount(0);
    const row = webhooks.row('/healthy');
    await expect(row).toContainText('******');
    await expect(webhooks.create).toHaveCount(0);
    await expect(webhooks.revealAppSecret).toHaveCount(0);
    for (const button of [
      webhooks.editIn(row),
      webhooks.moreIn(row),
      webhooks.deleteIn(row),
      webhooks.toggleIn(row),
    ]) {
      await expect(button).toHaveCount(0);
    }
  });

  await test.step('the log: redelivers', async () => {
    receiver.answerWith({ status: 500 });
    await webhooks.logIn(webhooks.row('/failing')).click();
    await expect(log.rows).toHaveCount(1);
    const before = receiver.requests.length;
    await redeliverNewest(page);
    await expect.poll(() => receiver.requests.length).toBeGreaterThan(before);
    await expect(new DeliveryDrawerPage(page).kind).toHaveText('重新投递');
  });

  await test.step('alerts: acknowledges, and leaves resolving to others', async () => {
    await page.goto(pages.alerts);
    const failures = alerts.alert('consecutive_failures');
    await expect(alerts.resolve).toHaveCount(0);
    await alerts.acknowledge.click();
    await expect(alerts.statusIn(failures)).toHaveText('已确认');
  });
});
