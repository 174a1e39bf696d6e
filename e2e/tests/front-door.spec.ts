/** Opens the product as a person does: by the bare address, with the browser's own headers. */
import { logIn } from '../flows/log-in.flow.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { FrontDoorPage, type Transfer } from '../pages/front-door.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

/** What the scripts of the login page may weigh on the wire. */
const MAX_LOGIN_SCRIPT_BYTES = 150_000;
/** Smaller answers go out as they are. */
const MIN_COMPRESSED_BYTES = 1024;

const COMPRESSIBLE = /^(text\/(html|css|javascript)|application\/((.*\+)?json|javascript)|image\/svg)/;

function notCompressed(transfers: readonly Transfer[]): string[] {
  return transfers
    .filter(({ type, bytes }) => COMPRESSIBLE.test(type) && bytes >= MIN_COMPRESSED_BYTES)
    .filter(({ encoding, bytes, wireBytes }) => encoding === undefined || wireBytes >= bytes)
    .map(({ path, type, bytes }) => `${path} (${type}, ${bytes} bytes)`);
}

test.describe('without a session', () => {
  test.use({ storageState: LOGGED_OUT });

  test('the bare address leads to the login and from there into the console', async ({ page, addMember }) => {
    const door = new FrontDoorPage(page);
    expect((await door.open()).status()).toBe(200);
    await expect(page).toHaveURL((url) => url.pathname === '/login');
    await logIn(page, await addMember('developer'));
    await expect(new ConsolePage(page).heading).toHaveText('应用');
  });

  test('everything that the login page loads is there, and compressed on the wire', async ({ page }) => {
    const door = new FrontDoorPage(page);
    await door.open();
    const transfers = await door.transfers();
    const isFile = ({ path }: Transfer) => !path.startsWith('/api/');
    expect(transfers.filter(isFile).filter(({ status }) => status !== 200)).toEqual([]);
    expect(notCompressed(transfers)).toEqual([]);
    const scripts = transfers.filter(({ type }) => type.includes('javascript'));
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.reduce((sum, { wireBytes }) => sum + wireBytes, 0)).toBeLessThan(MAX_LOGIN_SCRIPT_BYTES);
  });
});

test('with a session the bare address leads to the apps, and their lists come compressed', async ({
  page,
  app,
}) => {
  await Promise.all([1, 2, 3].map((n) => app.createWebhook({ url: `https://example.com/${n}` })));
  const door = new FrontDoorPage(page);
  await door.open();
  await expect(new ConsolePage(page).heading).toHaveText('应用');
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await expect(webhooks.row('https://example.com/3')).toBeVisible();
  const transfers = await door.transfers();
  const lists = transfers.filter(
    ({ path, bytes }) => path.startsWith('/api/') && bytes >= MIN_COMPRESSED_BYTES,
  );
  expect(lists.map(({ path }) => path)).toContain(`/api/v1/apps/${app.appKey}/webhooks`);
  expect(notCompressed(transfers)).toEqual([]);
});

test('the bare address answers HEAD, a copy that is known, and part of the page', async ({ request }) => {
  const page = await request.get('/');
  expect(page.headers()['content-encoding']).toBe('br');
  expect((await request.head('/')).status()).toBe(200);
  const again = await request.get('/', { headers: { 'If-None-Match': page.headers().etag ?? '' } });
  expect(again.status()).toBe(304);
  const part = await request.get('/', { headers: { Range: 'bytes=0-9', 'Accept-Encoding': 'identity' } });
  expect(part.status()).toBe(206);
  expect(await part.text()).toMatch(/^<!doctype/i);
});

test('a path that is no page of the console opens the page that says so; a missing file is 404', async ({
  page,
  request,
}) => {
  expect((await page.goto('/no/such/page'))?.status()).toBe(200);
  await expect(new ConsolePage(page).body).toContainText('没有这个页面');
  expect((await request.get('/no-such-file.txt')).status()).toBe(404);
});
