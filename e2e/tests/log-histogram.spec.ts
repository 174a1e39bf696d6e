import { readLayoutShift, recordLayoutShifts } from '../harness/layout-shift.js';
import { expect, test } from '../harness/test.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';

test('a time is filtered by the bars above the rows, by pointer and by keys', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  for (let count = 0; count < 2; count += 1) await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(2);
  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(2);
  await expect(log.histogram.getByRole('option')).toHaveCount(24);
  await expect(log.histogramTable.getByRole('row').nth(1)).toContainText('2');

  const box = await log.histogram.boundingBox();
  if (!box) throw new Error('the bars are not shown');
  await page.mouse.move(box.x + 2, box.y + 20);
  await expect(log.histogramRemark).toContainText('没有投递');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]from=.*&to=/);
  await expect(log.rows).toHaveCount(0);

  await page.goBack();
  await expect(log.rows).toHaveCount(2);
  await expect(log.histogram.getByRole('option')).toHaveCount(24);
  await log.histogram.focus();
  await page.keyboard.press('End');
  await expect(log.histogramRemark).toContainText('已送达 2');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]from=.*&to=/);
  await expect(log.rows).toHaveCount(2);
  await expect(log.chip('from')).toBeVisible();

  await log.query.fill('kind:test');
  await log.query.press('Enter');
  await expect(log.histogramRemark).toContainText('图中没有应用的筛选：类型');
});

test('the bars move nothing when they come, and are folded away on a narrow screen', async ({
  page,
  app,
  receiver,
}) => {
  const log = new DeliveryLogPage(page);
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/stats?*', async (route) => {
    await held;
    await route.continue();
  });
  await recordLayoutShifts(page);
  await log.openApp(app.appKey);
  await expect(log.rows).toHaveCount(1);
  answer();
  await expect(log.histogram.getByRole('option')).toHaveCount(24);
  expect((await readLayoutShift(page)).total).toBeLessThan(0.02);

  await page.setViewportSize({ width: 390, height: 800 });
  await expect(log.histogram).toBeHidden();
  await log.unfoldHistogram.click();
  await expect(log.histogram).toBeVisible();
});
