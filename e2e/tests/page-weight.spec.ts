import { roleSchema } from '@im/contracts/api/auth';
import { ApiSession } from '../harness/api-session.js';
import { findProduct } from '../harness/product-address.js';
import { expect, loggedInAs, LOGGED_OUT, test } from '../harness/test.js';
import { ScriptsOnTheWire } from '../harness/scripts-on-the-wire.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { EventTypesPage } from '../pages/event-types.page.js';
import { LoginPage } from '../pages/login.page.js';

const KB = 1_024;
const MAX_FILES = 12;
/** Of a page that has no limit of its own; the log has 300. */
const MAX_KB = 340;

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('the login loads at most 130 KB of JavaScript in 12 files', async ({ page }) => {
    const scripts = await ScriptsOnTheWire.of(page);
    await new LoginPage(page).open();
    await page.waitForLoadState('networkidle');
    expect(scripts.files.length).toBeLessThanOrEqual(MAX_FILES);
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
  expect(scripts.files.length).toBeLessThanOrEqual(MAX_FILES);
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

for (const role of roleSchema.options) {
  test(`no page that the navigation of the role ${role} leads to loads more than 12 files`, async ({
    browser,
    app,
    receiver,
    addMember,
  }) => {
    await app.createWebhook({ url: receiver.url });
    await app.sendEvent();
    await expect.poll(() => app.listDeliveries('success')).toHaveLength(1);
    const session = await ApiSession.logIn(findProduct().url, await addMember(role));
    const context = await browser.newContext({
      baseURL: findProduct().url,
      storageState: loggedInAs(session),
    });
    const page = await context.newPage();
    const consolePage = new ConsolePage(page);
    const scripts = await ScriptsOnTheWire.of(page);
    const pages: string[] = [];
    for (const start of [`/apps/${app.appKey}/deliveries`, '/settings/profile']) {
      await page.goto(start);
      await consolePage.becomeIdle();
      pages.push(...(await consolePage.navigationAddresses()));
    }
    expect(pages).toContain(`/apps/${app.appKey}/trace`);
    for (const path of new Set(pages)) {
      await page.goto('about:blank');
      scripts.startAgain();
      await page.goto(path);
      await consolePage.becomeIdle();
      await expect.poll(() => scripts.areLoaded).toBe(true);
      expect.soft(scripts.files.length, `${path}: ${scripts.files.join(' ')}`).toBeLessThanOrEqual(MAX_FILES);
      expect.soft(scripts.bytes, path).toBeLessThanOrEqual(MAX_KB * KB);
    }
    await context.close();
  });
}
