import { createEmptyAccount } from '../flows/open-empty-account.flow.js';
import { listEveryPage } from '../flows/list-every-page.flow.js';
import { ApiSession } from '../harness/api-session.js';
import { AppInTest } from '../harness/app-in-test.js';
import { findLatinSentences } from '../harness/latin-sentences.js';
import { findProduct } from '../harness/product-address.js';
import { expect, loggedInAs, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { FirstRunPage } from '../pages/first-run.page.js';

test('an English sentence is found, and code and names are not', async ({ page }) => {
  await page.setContent(`
    <p>没有权限：<b>The role support may not do this</b></p>
    <button title="Send it to the receiver again">重试</button>
    <code>select one from the others</code><p>Standard Webhooks</p>`);
  expect(await findLatinSentences(page)).toEqual([
    'The role support may not do this',
    'Send it to the receiver again',
  ]);
});

test('no page shows an English sentence to a Chinese reader', async ({ page, app, receiver }) => {
  const consolePage = new ConsolePage(page);
  const pages = await listEveryPage(app, receiver);
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    await consolePage.becomeIdle();
    // Soft, so that one run reports every page.
    expect.soft(await findLatinSentences(page), name).toEqual([]);
  }
});

test('neither does the first run', async ({ browser, admin }) => {
  const { url } = findProduct();
  const session = await ApiSession.logIn(url, await createEmptyAccount(admin));
  const context = await browser.newContext({ baseURL: url, storageState: loggedInAs(session) });
  const page = await context.newPage();
  for (const step of ['app', 'webhook'] as const) {
    if (step === 'webhook') await AppInTest.create(url, session);
    await page.goto('/apps');
    await expect(new FirstRunPage(page).step(step)).toHaveAttribute('data-state', 'current');
    expect(await findLatinSentences(page), step).toEqual([]);
  }
  await context.close();
});
