/** Uses a service of its own below a path of an https host, behind nginx with the example configuration. */
import type { Page } from '@playwright/test';
import { ApiSession } from '../harness/api-session.js';
import { AppInTest } from '../harness/app-in-test.js';
import { startNginx, type RunningNginx } from '../harness/nginx.js';
import { postOpenimMessage } from '../harness/openim-request.js';
import { PageFaults } from '../harness/page-faults.js';
import { findFreePort, startProduct, type RunningProduct } from '../harness/start-product.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { logIn } from '../flows/log-in.flow.js';
import { ApiDocsPage } from '../pages/api-docs.page.js';
import { ConsolePage } from '../pages/console.page.js';
import { DeliveryLogPage } from '../pages/delivery-log.page.js';
import { DocsPage } from '../pages/docs.page.js';
import { PortalPage } from '../pages/portal.page.js';

test.use({ storageState: LOGGED_OUT, ignoreHTTPSErrors: true });
test.describe.configure({ mode: 'serial' });

let product: RunningProduct;
let nginx: RunningNginx;
let app: AppInTest;
/** Where people reach it. */
let url: string;

test.beforeAll(async () => {
  const own = await findFreePort();
  url = `https://127.0.0.1:${String(own)}/im`;
  product = await startProduct({ name: 'server-below-a-path', publicUrl: url });
  const program = process.env.NGINX_PATH ?? 'nginx';
  nginx = await startNginx(program, { own, service: Number(new URL(product.url).port) });
  const admin = await ApiSession.logIn(product.url, {
    email: product.adminEmail,
    password: product.adminPassword,
  });
  app = await AppInTest.create(product.url, admin);
  await app.createWebhook({ url: 'https://receiver.example/callbacks', events: ['user.online'] });
});

test.afterAll(async () => {
  await nginx.stop();
  await product.stop();
});

/** Logs the admin in from where a person begins. */
async function enter(page: Page): Promise<void> {
  await page.goto(url);
  await expect(page).toHaveURL(`${url}/login`);
  await logIn(page, { email: product.adminEmail, password: product.adminPassword });
  await expect(page).not.toHaveURL(/login/);
}

test('the console works, and so do its deep links, the API reference and logging out', async ({ page }) => {
  const faults = new PageFaults(page);
  await enter(page);
  await page.goto(`${url}/apps/${app.appKey}/im-webhooks`);
  const consolePage = new ConsolePage(page);
  await expect(consolePage.heading).toHaveText('IM 回调配置');
  await consolePage.navigationLink('告警').click();
  await expect(page).toHaveURL(`${url}/apps/${app.appKey}/im-webhook-alerts`);
  await page.reload();
  await expect(consolePage.heading).toHaveText('告警');

  await page.goto(`${url}/apps/${app.appKey}/deliveries`);
  await expect(consolePage.body).toContainText(`curl -X POST '${url}/api/v1/apps/${app.appKey}/events'`);
  await page.goto(`${url}/apps/${app.appKey}/docs`);
  await expect(new DocsPage(page).apiReference).toHaveAttribute('href', '/im/api/docs');
  await page.goto(`${url}/api/docs`);
  await expect(new ApiDocsPage(page).title).toBeVisible();
  expect(faults.take()).toEqual([]);

  await page.goto(`${url}/apps`);
  await consolePage.logOut();
  await expect(page).toHaveURL(`${url}/login`);
});

test('the session is sent to this path of the host only', async ({ page, context }) => {
  await enter(page);
  const cookies = await context.cookies(url);
  expect(cookies).toMatchObject([
    { name: '__Secure-imc_session', path: '/im', secure: true, httpOnly: true, sameSite: 'Lax' },
  ]);
  expect(await context.cookies(new URL('/', url).href)).toEqual([]);
});

test('what an IM server sends arrives in the live log without a reload', async ({ page, receiver }) => {
  await app.createWebhook({ url: receiver.url });
  const source = await app.createSource({ kind: 'openim', name: 'OpenIM' });
  expect(source.url).toMatch(new RegExp(`^${url}/in/openim/`));
  await app.sendEvent();
  await enter(page);
  const log = new DeliveryLogPage(page);
  const stream = page.waitForResponse((response) => response.url().endsWith('/live'));
  await page.goto(`${url}/apps/${app.appKey}/deliveries?live=1`);
  expect((await stream).status()).toBe(200);
  await expect(log.live).toBeChecked();
  await expect(log.rows).toHaveCount(1);

  const answer = await page.request.post(`${source.url}/callbackAfterSendSingleMsgCommand`, {
    headers: { 'Content-Type': 'application/json' },
    data: { callbackCommand: 'callbackAfterSendSingleMsgCommand', operationID: '1' },
  });
  expect(answer.status()).toBe(200);
  // A proxy that takes the path off asks like this.
  await postOpenimMessage(source.url.replace(url, product.url));
  await expect(log.rows).toHaveCount(3);
  await expect.poll(() => receiver.requests.length).toBe(3);
  expect(await nginx.readAccessLog()).not.toContain('/in/openim/');
});

test('a portal link leads to its page below the path', async ({ page, receiver }) => {
  await app.createWebhook({ url: receiver.url });
  await app.sendEvent();
  const link = await app.createPortalLink();
  expect(link.url).toMatch(new RegExp(`^${url}/portal#`));
  const faults = new PageFaults(page);
  await page.goto(link.url);
  const portal = new PortalPage(page);
  await expect(portal.app).toHaveText(app.name);
  await expect(portal.rows).not.toHaveCount(0);
  await page.reload();
  await expect(portal.rows).not.toHaveCount(0);
  expect(faults.take()).toEqual([]);
});
