import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { openEmptyAccount } from '../flows/open-empty-account.flow.js';
import { pauseWebhook, WAITING } from '../flows/pause-webhook.flow.js';
import { seedEveryPage } from '../flows/seed-every-page.flow.js';
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

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules whose result depends on the colour scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Every rule in dark, those about colours in light too: the console follows the system's choice at once. */
async function expectNoViolations(page: Page): Promise<void> {
  const { html } = new ConsolePage(page);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    if (colorScheme === 'dark') await expect(html).toHaveClass(/dark/);
    else await expect(html).not.toHaveClass(/dark/);
    const axe = new AxeBuilder({ page });
    if (colorScheme === 'dark') axe.withTags(WCAG_22_AA);
    else axe.withRules(COLOUR_RULES);
    const { violations } = await axe.analyze();
    const found = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        (node) =>
          `${colorScheme}: ${id}: ${help}\n  ${node.target.join(' ')}\n  ${node.failureSummary ?? ''}`,
      ),
    );
    // Soft, so that one run reports every page and state.
    expect.soft(found.join('\n')).toBe('');
  }
}

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('axe finds nothing on the login, before and after a wrong try', async ({ page }) => {
    const login = new LoginPage(page);
    await login.open();
    await expectNoViolations(page);
    await login.submit.click();
    await expect(login.emailMissing).toBeVisible();
    await expectNoViolations(page);
  });
});

test('axe finds nothing on the first run', async ({ browser, admin }) => {
  const context = await browser.newContext({ storageState: LOGGED_OUT });
  const page = await context.newPage();
  await openEmptyAccount(page, admin);
  await expectNoViolations(page);
  await context.close();
});

test('axe finds nothing on the test receiver and a request of it', async ({ page, app, receiver }) => {
  await seedEveryPage(app, receiver);
  const testReceiver = new TestReceiverPage(page);
  await testReceiver.open(app.appKey);
  await testReceiver.requests.first().waitFor();
  await expectNoViolations(page);
  await testReceiver.requests.first().click();
  await expect(testReceiver.drawer).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the apps and their dialog', async ({ page, app, receiver }) => {
  await seedEveryPage(app, receiver);
  const apps = new AppsPage(page);
  await apps.open();
  await expectNoViolations(page);
  await apps.create.click();
  await expect(apps.createDialog).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the overview, its charts as tables too', async ({ page, app, receiver }) => {
  await seedEveryPage(app, receiver);
  const overview = new OverviewPage(page);
  await overview.open(app.appKey, '?range=1h');
  await expect(overview.problems).toHaveCount(2);
  await expectNoViolations(page);
  for (const chart of await overview.charts.all()) await overview.showTableIn(chart).click();
  await overview.customSpan.click();
  await expect(overview.chosenSpan.locator('input')).toHaveCount(2);
  await expect(overview.rowsIn(overview.charts.first())).toHaveCount(60);
  await expectNoViolations(page);
});

test('axe finds nothing on IM 回调配置 and its dialog, folded and unfolded', async ({
  page,
  app,
  receiver,
}) => {
  await seedEveryPage(app, receiver);
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);
  await webhooks.open(app.appKey);
  await expect(webhooks.healthIn(webhooks.row('/failing'))).toHaveText('失败 10 次');
  await expectNoViolations(page);
  await webhooks.editIn(webhooks.row('/healthy')).click();
  await expect(dialog.secret).toBeVisible();
  await expectNoViolations(page);
  await dialog.unfold('delivery');
  await dialog.unfold('headers');
  await dialog.unfold('before');
  await expect(dialog.headersGroup).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on a webhook, while its secret is rotated', async ({ page, app, receiver }) => {
  const detail = new WebhookDetailPage(page);
  const rotation = new SecretRotationPage(page);
  const { webhookId } = await app.createWebhook({ url: receiver.url, signature: 'standard-webhooks' });
  await detail.open(app.appKey, webhookId);
  await expectNoViolations(page);
  await detail.openTab('settings');
  await expect(detail.settings).toBeVisible();
  await expectNoViolations(page);
  await detail.openTab('history');
  await expect(detail.revisions).toHaveCount(1);
  await expectNoViolations(page);
  await detail.openTab('signing');
  await rotation.stage();
  await rotation.confirmSaved();
  await expect(rotation.staged).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the delivery log and its drawer', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const log = new DeliveryLogPage(page);
  const drawer = new DeliveryDrawerPage(page);
  await page.goto(pages.log);
  await expect(log.rows).toHaveCount(1);
  await expectNoViolations(page);
  await log.openIn(log.rows.first()).click();
  await expect(drawer.attempts).toHaveCount(10);
  await expectNoViolations(page);
  await drawer.showRequestIn(drawer.attempts.first());
  await expect(drawer.requestBody).toBeVisible();
  await expectNoViolations(page);
  await drawer.tab('响应').click();
  await expect(drawer.differences).toBeVisible();
  await expectNoViolations(page);
  await drawer.tab('载荷').click();
  await expect(drawer.payload).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on portal links, while one is made, and on its page', async ({
  page,
  app,
  receiver,
}) => {
  await seedEveryPage(app, receiver);
  const { url } = await app.createPortalLink();
  const links = new PortalLinksPage(page);
  const portal = new PortalPage(page);
  await links.openList(app.appKey);
  await expect(links.revoke).toHaveCount(1);
  await expectNoViolations(page);
  await links.newLink.click();
  await expect(links.create).toBeVisible();
  await expectNoViolations(page);
  await links.origins.fill('https://app.example.com');
  await links.create.click();
  await expect(links.frameCode).toBeVisible();
  await expectNoViolations(page);
  await page.goto(url);
  await expect(portal.rows.first()).toBeVisible();
  await expectNoViolations(page);
  await portal.open.first().click();
  await expect(portal.masked).toBeVisible();
  await expectNoViolations(page);
  await new DeliveryDrawerPage(page).close();
  await portal.docs.click();
  await expect(portal.heading('接收回调')).toBeVisible();
  await expectNoViolations(page);
  await page.goto('/portal');
  await page.reload();
  await expect(portal.over).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the trace of an event, a conversation and an unknown id', async ({
  page,
  app,
  receiver,
}) => {
  await seedEveryPage(app, receiver);
  const trace = new TracePage(page);
  const [failed] = await app.listDeliveries('failed');
  await trace.open(app.appKey);
  await expect(trace.help).toBeVisible();
  await expectNoViolations(page);
  await trace.open(app.appKey, failed?.eventId);
  await expect(trace.conclusion).toBeVisible();
  await expectNoViolations(page);
  await trace.open(app.appKey, 'single_u10086_u10010');
  await trace.unfold(trace.timelineEvents.first());
  await expect(trace.conclusion).toBeVisible();
  await expectNoViolations(page);
  await trace.open(app.appKey, 'unheard-of');
  await expect(trace.nothingFound).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the alerts', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const alerts = new AlertsPage(page);
  await page.goto(pages.alerts);
  await expect(alerts.alerts).toHaveCount(2);
  await expectNoViolations(page);
  await alerts.showRules();
  await expect(alerts.rulePreviews.first()).toContainText('7 天');
  await expectNoViolations(page);
  await alerts.showChannels();
  await expect(alerts.manageChannels).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on IM 来源, while one is added, and on its tabs', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const sources = new SourcesPage(page);
  const source = new SourcePage(page);
  await sources.open(app.appKey);
  await expect(sources.card('生产环境')).toBeVisible();
  await expectNoViolations(page);
  await sources.add.click();
  await expect(sources.create).toBeVisible();
  await expectNoViolations(page);
  await sources.create.click();
  await expect(sources.snippet).toBeVisible();
  await expectNoViolations(page);
  await page.goto(pages.source);
  await source.showSnippet.click();
  await expect(source.snippet).toBeVisible();
  await expectNoViolations(page);
  await source.edit.click();
  await expect(source.dialog).toBeVisible();
  await expectNoViolations(page);
  await page.goto(pages.sourceRequests);
  await source.openRequestIn(source.requests.first()).click();
  await expect(source.requestBody).toBeVisible();
  await expectNoViolations(page);
  await page.goto(pages.sourceChecklist);
  await expect(source.steps.first()).toBeVisible();
  await expectNoViolations(page);
  await page.goto(pages.sourceMessages);
  await expect(source.messageForm).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the documentation and the signature debugger', async ({ page, app, receiver }) => {
  const pages = await seedEveryPage(app, receiver);
  const docs = new DocsPage(page);
  const debug = new SignatureDebuggerPage(page);
  await page.goto(pages.docs);
  await docs.unfoldAll();
  await docs.send.click();
  await expect(docs.result).toBeVisible();
  await expectNoViolations(page);
  await debug.open(app.appKey);
  await expect(debug.nothing).toBeVisible();
  await expectNoViolations(page);
  await page.goto(pages.debug);
  await expect(debug.verdict).toBeVisible();
  await expectNoViolations(page);
  await debug.appendToBody(' ');
  await expect(debug.explanation).toHaveAttribute('data-verdict', 'invalid');
  await expectNoViolations(page);
});

test('axe finds nothing on a paused webhook: in the list, on its page, in its log', async ({
  page,
  app,
  receiver,
}) => {
  const webhooks = new WebhooksPage(page);
  const stopped = new StoppedWebhookPage(page);
  const { webhookId } = await pauseWebhook(app, receiver);
  await app.createWebhook({ url: `${receiver.url}/disabled`, enabled: false });
  await webhooks.open(app.appKey);
  // The paused one is to be resumed, the disabled one enabled.
  await expect(stopped.reviveIn(webhooks.row('/callback'))).toHaveCount(2);
  await expectNoViolations(page);
  await new WebhookDetailPage(page).open(app.appKey, webhookId);
  await expect(stopped.notice).toBeVisible();
  await expectNoViolations(page);
  await new DeliveryLogPage(page).open(app.appKey, webhookId);
  await expect(stopped.heldBack).toHaveCount(WAITING);
  await expectNoViolations(page);
});

test('axe finds nothing while an AppSecret is rotated', async ({ page, app }) => {
  const rotation = new SecretRotationPage(page);
  await new WebhooksPage(page).open(app.appKey);
  await rotation.stage();
  await expectNoViolations(page);
  await rotation.confirmSaved();
  await expect(rotation.staged).toBeVisible();
  await expectNoViolations(page);
  await rotation.activate();
  await expect(rotation.overlap).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on members, API tokens and the audit log', async ({ page, app, addMember }) => {
  const settings = new SettingsPage(page);
  await addMember('support');
  await app.createToken('只读令牌');
  await settings.openMembers();
  await expectNoViolations(page);
  await settings.createMember.click();
  await expect(settings.dialog).toBeVisible();
  await expectNoViolations(page);
  await settings.openTokens();
  await expectNoViolations(page);
  await settings.createToken.click();
  await expect(settings.dialog).toBeVisible();
  await expectNoViolations(page);
  await settings.openAuditLog(app.appKey);
  await expectNoViolations(page);
});

test('axe finds nothing on notification channels, their dialog, a test and the log', async ({
  page,
  app,
  admin,
}) => {
  const channels = new ChannelsPage(page);
  const name = `渠道 ${app.appKey}`;
  await admin.post('/notification-channels', { kind: 'slack', name, url: 'http://127.0.0.1:9/' });
  await channels.open();
  await expect(channels.row(name)).toBeVisible();
  await expectNoViolations(page);
  await channels.testIn(channels.row(name)).click();
  await expect(channels.testResult).toHaveAttribute('data-status', 'failed');
  await expectNoViolations(page);
  await channels.open();
  await channels.logIn(channels.row(name)).click();
  await expect(channels.log).toBeVisible();
  await expectNoViolations(page);
  await channels.open();
  await channels.create.click();
  await expect(channels.dialog).toBeVisible();
  await expectNoViolations(page);
  await channels.kind('webhook').click();
  await expect(channels.url).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on login and security, and on the tenants', async ({ page }) => {
  const profile = new ProfilePage(page);
  await profile.open();
  await expect(profile.sessions.first()).toBeVisible();
  await expectNoViolations(page);
  await profile.enable.click();
  await expect(profile.qrCode).toBeVisible();
  await expectNoViolations(page);
  const tenants = new TenantsPage(page);
  await tenants.open();
  await expectNoViolations(page);
  await tenants.create.click();
  await expect(tenants.dialog).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the event types, one of them, and before it is deleted', async ({
  page,
  app,
  admin,
}) => {
  const types = new EventTypesPage(page);
  const name = `${app.appKey}.paid`;
  const schema = { type: 'object', properties: { items: { type: 'array', items: { type: 'object' } } } };
  await admin.post('/event-types', { name, schema, example: {} });
  await types.open();
  await expect(types.row(name)).toBeVisible();
  await expectNoViolations(page);
  await types.openIn(types.row(name)).click();
  await expect(types.schemaRows).toHaveCount(1);
  await expectNoViolations(page);
  await types.schemaAsJson.click();
  await expect(types.schemaJson).toBeVisible();
  await types.delete.click();
  await expect(types.confirmDelete).toBeVisible();
  await expectNoViolations(page);
});

test('axe finds nothing on the form of an event type with faults, by fields and as JSON', async ({
  page,
}) => {
  const types = new EventTypesPage(page);
  await types.open('?open=friend.added');
  await types.copy.click();
  await types.fieldNames.first().fill('');
  await types.example.fill('{');
  await expect(types.exampleFaults).toBeVisible();
  await expectNoViolations(page);
  await types.fieldNames.first().fill('ownerId');
  await types.editSchemaAs('JSON');
  await types.schema.fill('{"typ": 1}');
  await expect(types.schemaFaults).toBeVisible();
  await expectNoViolations(page);
});
