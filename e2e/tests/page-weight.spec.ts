import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ScriptsOnTheWire } from '../harness/scripts-on-the-wire.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { EventTypesPage } from '../pages/event-types.page.js';
import { LoginPage } from '../pages/login.page.js';

const KB = 1_024;

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('the login loads at most 130 KB of JavaScript in 12 files', async ({ page }) => {
    const scripts = await ScriptsOnTheWire.of(page);
    await new LoginPage(page).open();
    await page.waitForLoadState('networkidle');
    expect(scripts.files.length).toBeLessThanOrEqual(12);
    expect(scripts.bytes).toBeLessThanOrEqual(130 * KB);
  });
});

test('the log loads at most 300 KB of JavaScript in 12 files', async ({ page, app, receiver }) => {
  const webhook = await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
  const scripts = await ScriptsOnTheWire.of(page);
  const log = new DeliveryLogPage(page);
  await log.open(app.appKey, webhook.webhookId);
  await expect(log.rows).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  expect(scripts.files.length).toBeLessThanOrEqual(12);
  expect(scripts.bytes).toBeLessThanOrEqual(300 * KB);
});

test('the event types load 12 files at most, their form and what checks examples included', async ({
  page,
}) => {
  const scripts = await ScriptsOnTheWire.of(page);
  const types = new EventTypesPage(page);
  await types.open('?open=message.sent');
  await types.copy.click();
  await expect(types.verdict).toHaveText('示例符合 Schema');
  expect(scripts.files.length).toBeLessThanOrEqual(12);
  expect(scripts.bytes).toBeLessThanOrEqual(300 * KB);
});
