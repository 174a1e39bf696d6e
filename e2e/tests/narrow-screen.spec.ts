import type { Page } from '@playwright/test';
import { openEmptyAccount } from '../flows/open-empty-account.flow.js';
import { pauseWebhook, WAITING } from '../flows/pause-webhook.flow.js';
import { seedEveryPage } from '../flows/seed-every-page.flow.js';
import { findOverflow } from '../harness/overflow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { AlertsPage } from '../pages/alerts.page.js';
import { AppsPage } from '../pages/apps.page.js';
import { ChannelsPage } from '../pages/channels.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryDrawerPage } from '../pages/delivery-drawer.page.js';
import { DocsPage } from '../pages/docs.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { EventTypesPage } from '../pages/event-types.page.js';
import { LoginPage } from '../pages/login.page.js';
import { OverviewPage } from '../pages/overview.page.js';
import { PortalLinksPage } from '../pages/portal-links.page.js';
import { PortalPage } from '../pages/portal.page.js';
import { ProfilePage } from '../pages/profile.page.js';
import { SecretRotationPage } from '../pages/secret-rotation.page.js';
import { SignatureDebuggerPage } from '../pages/signature-debugger.page.js';
import { SettingsPage } from '../pages/settings.page.js';
import { SourcePage } from '../pages/source.page.js';
import { SourcesPage } from '../pages/sources.page.js';
import { StoppedWebhookPage } from '../pages/stopped-webhook.page.js';
import { TenantsPage } from '../pages/tenants.page.js';
import { TestReceiverPage } from '../pages/test-receiver.page.js';
import { TracePage } from '../pages/trace.page.js';
import { WebhookDetailPage } from '../pages/webhook-detail.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

test.use({ viewport: { width: 360, height: 740 } });

/** The page's width in pixels, what has to be scrolled to included. */
function contentWidth(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth);
}

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('the first run fits on 360 pixels', async ({ page, admin }) => {
    await openEmptyAccount(page, admin);
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  test('the login fits on 360 pixels', async ({ page }) => {
    await new LoginPage(page).open();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });
});

test('portal links and their page fit on 360 pixels', async ({ page, app, receiver }) => {
  await seedEveryPage(app, receiver);
  const { url } = await app.createPortalLink();
  const links = new PortalLinksPage(page);
  const portal = new PortalPage(page);
  await links.openList(app.appKey);
  await expect(links.revoke).toHaveCount(1);
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await page.goto(url);
  await expect(portal.cards.first()).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await portal.docs.click();
  await expect(portal.heading('接收回调')).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
});

test('every page fits on 360 pixels', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);

  await test.step('apps', async () => {
    await new AppsPage(page).open();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('test receiver', async () => {
    const testReceiver = new TestReceiverPage(page);
    await testReceiver.open(app.appKey);
    await testReceiver.requests.first().click();
    await expect(testReceiver.drawer).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('overview', async () => {
    const overview = new OverviewPage(page);
    await overview.open(app.appKey);
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await overview.showTableIn(overview.charts.first()).click();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('IM 回调配置 and its dialog', async () => {
    await page.goto(pages.webhooks);
    await expect(webhooks.healthIn(webhooks.card('/failing'))).toHaveText('失败 10 次');
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await webhooks.editIn(webhooks.card('/healthy')).click();
    await dialog.unfold('headers');
    await expect(dialog.headersGroup).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    const box = await dialog.dialog.boundingBox();
    expect(box?.width).toBeLessThanOrEqual(360);
  });

  await test.step('the delivery log and its drawer', async () => {
    await page.goto(pages.log);
    await expect(new DeliveryLogPage(page).cards).toHaveCount(1);
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await page.goto(pages.drawer);
    const drawer = new DeliveryDrawerPage(page);
    await expect(drawer.attempts).toHaveCount(10);
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    expect(await drawer.hiddenWidth()).toBe(0);
  });

  await test.step('the trace of an event, a conversation and an unknown id', async () => {
    const trace = new TracePage(page);
    const [failed] = await app.listDeliveries('failed');
    await trace.open(app.appKey, failed?.eventId);
    await expect(trace.conclusion).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await trace.open(app.appKey, 'single_u10086_u10010');
    await trace.unfold(trace.timelineEvents.first());
    await expect(trace.conclusion).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await trace.open(app.appKey, 'unheard-of');
    await expect(trace.nothingFound).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('notification channels and their dialog', async () => {
    const channels = new ChannelsPage(page);
    await channels.open();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await channels.create.click();
    await expect(channels.dialog).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    expect((await channels.dialog.boundingBox())?.width).toBeLessThanOrEqual(360);
  });

  await test.step('IM 来源, adding one, a raw request and the checklist', async () => {
    const sources = new SourcesPage(page);
    const source = new SourcePage(page);
    await page.goto(pages.sources);
    await sources.add.click();
    await expect(sources.create).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    for (const path of [pages.source, pages.sourceChecklist, pages.sourceMessages, pages.sourceRequests]) {
      await page.goto(path);
      await expect(source.toggle).toBeVisible();
      expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    }
    await source.openRequestIn(source.requests.first()).click();
    await expect(source.requestBody).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('the documentation and the signature debugger', async () => {
    const docs = new DocsPage(page);
    await page.goto(pages.docs);
    await docs.unfoldAll();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    await page.goto(pages.debug);
    await expect(new SignatureDebuggerPage(page).verdict).toBeVisible();
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });

  await test.step('alerts', async () => {
    await page.goto(pages.alerts);
    await expect(new AlertsPage(page).alerts).toHaveCount(2);
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  });
});

test('a paused webhook fits on 360 pixels on every page that shows it', async ({ page, app, receiver }) => {
  const webhooks = new WebhooksPage(page);
  const stopped = new StoppedWebhookPage(page);
  const { webhookId } = await pauseWebhook(app, receiver);

  await webhooks.open(app.appKey);
  await expect(stopped.reviveIn(webhooks.card(receiver.url))).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await new WebhookDetailPage(page).open(app.appKey, webhookId);
  await expect(stopped.revive).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await new DeliveryLogPage(page).open(app.appKey, webhookId);
  await expect(stopped.heldBack).toHaveCount(WAITING);
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
});

test('an AppSecret that is rotated fits on 360 pixels', async ({ page, app }) => {
  const rotation = new SecretRotationPage(page);
  await new WebhooksPage(page).open(app.appKey);
  await rotation.stage();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await rotation.confirmSaved();
  await expect(rotation.staged).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
});

test('members, API tokens and the audit log fit on 360 pixels', async ({ page, app, addMember }) => {
  const settings = new SettingsPage(page);
  await addMember('developer');
  await app.createToken('一个名字相当长的、只用来提交事件的令牌');
  const fits = async () => {
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  };

  await settings.openMembers();
  await fits();
  await settings.createMember.click();
  await expect(settings.dialog).toBeVisible();
  await fits();
  await settings.openTokens();
  await fits();
  await settings.createToken.click();
  await expect(settings.dialog).toBeVisible();
  await fits();
  await settings.openAuditLog(app.appKey);
  await fits();
});

test('event types, one of them and its form fit on 360 pixels', async ({ page }) => {
  const types = new EventTypesPage(page);
  const fits = async () => {
    expect(await contentWidth(page)).toBeLessThanOrEqual(360);
    expect(await findOverflow(page)).toEqual([]);
  };
  await types.open();
  await expect(types.rows.first()).toBeVisible();
  await fits();
  await types.openIn(types.row('message.offline')).click();
  await expect(types.schemaRows.first()).toBeVisible();
  await fits();
  await types.copy.click();
  await expect(types.verdict).toHaveText('示例符合 Schema');
  await fits();
  await types.editSchemaAs('JSON');
  await expect(types.schema).toBeVisible();
  await fits();
});

test('the navigation is reached from a button', async ({ page, app }) => {
  const consolePage = new ConsolePage(page);
  await new WebhooksPage(page).open(app.appKey);
  await expect(consolePage.navigation).toHaveCount(0);

  await consolePage.openNavigation.click();
  await consolePage.navigationLink('告警').click();
  await expect(page).toHaveURL(`/apps/${app.appKey}/im-webhook-alerts`);
  await expect(consolePage.heading).toHaveText('告警');
  await expect(consolePage.navigation).toHaveCount(0);
});

test('login and security and the tenants fit on 360 pixels', async ({ page }) => {
  const profile = new ProfilePage(page);
  await profile.open();
  await expect(profile.sessions.first()).toBeVisible();
  await profile.enable.click();
  await expect(profile.qrCode).toBeVisible();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
  await new TenantsPage(page).open();
  expect(await contentWidth(page)).toBeLessThanOrEqual(360);
});
