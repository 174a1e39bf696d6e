import { expect, test } from '../harness/test.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('from 1280 pixels on a delivery opens beside the list, which stays usable', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  const { pane, dialog } = new DeliveryDrawerPage(page);
  await app.createWebhook({ url: receiver.url });
  for (let count = 0; count < 3; count += 1) await app.sendEvent();
  await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(3);
  await log.openApp(app.appKey);
  await expect(log.subjectIn(log.rows.first())).not.toBeEmpty();

  await log.openIn(log.rows.first()).click();
  await expect(pane).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(log.columnHead('对象')).toBeHidden();
  const first = page.url();
  await page.keyboard.press('j');
  await expect(page).not.toHaveURL(first);
  await pane.getByTestId('previous-delivery').click();
  await expect(page).toHaveURL(first);
  await log.openIn(log.rows.last()).click();
  await expect(pane.getByTestId('next-delivery')).toBeDisabled();
  await page.setViewportSize({ width: 1200, height: 800 });
  await expect(dialog).toBeVisible();
  await expect(pane).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(pane).toBeVisible();
  await pane.focus();
  await page.keyboard.press('Escape');
  await expect(pane).toBeHidden();
  await expect(page).toHaveURL(`/apps/${app.appKey}/deliveries`);
});

test('typed conditions become chips, and what is no condition is named', async ({ page, app, receiver }) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(async () => (await app.listDeliveries('success')).length).toBe(1);
  await log.openApp(app.appKey);

  await log.query.fill('status:success colour:red');
  await expect(log.queryHint).toContainText('没有「colour」这个条件');
  await log.query.fill('status:failed kind:event');
  await log.query.press('Enter');
  await expect(page).toHaveURL(/[?&]status=failed/);
  await expect(log.rows).toHaveCount(0);
  await expect(log.chip('status')).toHaveText('状态 失败');
  await log.chip('status').locator('.el-tag__close').click();
  await expect(log.rows).toHaveCount(1);
  await expect(log.chip('kind')).toBeVisible();
});
