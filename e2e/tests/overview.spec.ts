import { pauseWebhook, WAITING } from '../flows/pause-webhook.flow.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { OverviewPage } from '../pages/overview.page.js';

test('a person sees on the overview what is wrong, looks at its time, and puts it right', async ({
  page,
  app,
  receiver,
}) => {
  const overview = new OverviewPage(page);
  const log = new DeliveryLogPage(page);
  const frame = new ConsolePage(page);
  await pauseWebhook(app, receiver);

  await test.step('a sentence says what is wrong, the figures how much', async () => {
    await overview.open(app.appKey, '?range=24h');
    await expect(overview.sparklines).toHaveCount(1);
    await overview.open(app.appKey, '?range=1h');
    await expect(overview.state).toContainText('1 个回调异常');
    await expect(overview.problems.first()).toContainText(`${WAITING} 条在等`);
    await expect(overview.tile('积压')).toContainText(String(WAITING));
    await expect(overview.causes).toContainText('接收方内部错误');
    await expect(overview.changes).toContainText('新增了回调');
  });

  await test.step('a chart is a table as well, whose rows lead to the log of their time', async () => {
    const chart = overview.chart('每分钟投递');
    await overview.showTableIn(chart).click();
    await expect(overview.rowsIn(chart)).toHaveCount(60);
    await overview.showTableIn(chart).click();
    await expect(overview.plotIn(chart)).toBeVisible();
  });

  await test.step('a span selected on one chart is that of the whole page, and of its address', async () => {
    await overview.selectEndOf(overview.chart('尝试成功率'));
    await expect(overview.chosenSpan).toBeVisible();
    await expect(page).toHaveURL(/from=.*&to=/);
    await page.goBack();
    await expect(overview.chosenSpan).toHaveCount(0);
  });

  await test.step('a span can be typed', async () => {
    await overview.customSpan.click();
    await overview.typeSpan('2026-05-20 08:00', '2026-05-20 08:10');
    const chart = overview.chart('每分钟投递');
    await overview.showTableIn(chart).click();
    await expect(overview.rowsIn(chart)).toHaveCount(10);
    await overview.showTableIn(chart).click();
    await page.goBack();
  });

  await test.step('resumed, the webhook is well without a reload', async () => {
    receiver.answerWith({ status: 200, body: '{"ok":true}' });
    await overview.reviveIn(overview.problems.first()).click();
    await frame.answer('立即恢复');
    await expect(overview.state).toContainText('一切正常');
    await expect(overview.tile('积压')).toContainText('0');
  });

  await test.step('a click on the last bar opens the log of that time', async () => {
    const plot = overview.plotIn(overview.chart('每分钟投递'));
    const box = await plot.boundingBox();
    await plot.click({ position: { x: (box?.width ?? 0) - 4, y: 60 } });
    await expect(page).toHaveURL(/\/deliveries\?from=.*&to=/);
    await expect(log.rows.first().or(page.getByTestId('empty-notice'))).toBeVisible();
  });
});
