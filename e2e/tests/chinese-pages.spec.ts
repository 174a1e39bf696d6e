import { listEveryPage } from '../flows/list-every-page.flow.js';
import { findLatinSentences } from '../harness/latin-sentences.js';
import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';

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
