/** Takes a picture of every page in both languages, light and dark, wide and narrow, and checks what a picture cannot show. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { createEmptyAccount } from '../flows/open-empty-account.flow.js';
import { listEveryPage } from '../flows/list-every-page.flow.js';
import { ApiSession } from '../harness/api-session.js';
import { readLayoutShift, recordLayoutShifts } from '../harness/layout-shift.js';
import { findOverflow } from '../harness/overflow.js';
import { PageFaults } from '../harness/page-faults.js';
import { findProduct } from '../harness/product-address.js';
import { expect, LOGGED_OUT, loggedInAs, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { FirstRunPage } from '../pages/first-run.page.js';

const FOLDER = fileURLToPath(new URL('../test-results/pages/', import.meta.url));
const MAX_SHIFT = 0.02;
/** Of a picture: longer pages repeat themselves. */
const MAX_HEIGHT = 2_400;

const VIEWS = ['zh', 'en'].flatMap((language) =>
  (['light', 'dark'] as const).flatMap((colorScheme) =>
    [1440, 390].map((width) => ({ language, colorScheme, width })),
  ),
);
type View = (typeof VIEWS)[number];

interface Window {
  page: Page;
  faults: PageFaults;
  folder: string;
}

/** Reports all that is wrong with a page as it stands, and takes its picture. */
async function look({ page, faults, folder }: Window, name: string): Promise<void> {
  const consolePage = new ConsolePage(page);
  await consolePage.heading.waitFor();
  await expect(page.getByRole('status', { name: /^(加载中|Loading)/ })).toHaveCount(0);
  const title = `${name} in ${folder}`;
  // Soft, so that one run reports every page and takes every picture.
  expect.soft(await findOverflow(page), `overflow of ${title}`).toEqual([]);
  expect.soft(faults.take(), `faults of ${title}`).toEqual([]);
  const { total, moved } = await readLayoutShift(page);
  expect.soft(total, `${title} moves: ${moved.join(' ')}`).toBeLessThan(MAX_SHIFT);
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.min(MAX_HEIGHT, Math.max(size.height, whole)) });
  await page.screenshot({ path: `${FOLDER}${folder}/${name}.png`, animations: 'disabled', caret: 'hide' });
  await page.setViewportSize(size);
}

/** Has a window of this view and session for as long as `use` takes. */
async function withWindow(
  browser: Browser,
  { language, colorScheme, width }: View,
  storageState: NonNullable<BrowserContextOptions['storageState']>,
  use: (window: Window) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    storageState,
    colorScheme,
    viewport: { width, height: 900 },
    baseURL: findProduct().url,
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.addInitScript((chosen) => localStorage.setItem('im-console.locale', chosen), language);
  await recordLayoutShifts(page);
  const folder = `${language}-${colorScheme}-${String(width)}`;
  await use({ page, faults: new PageFaults(page), folder });
  await context.close();
}

for (const view of VIEWS) {
  const { language, colorScheme, width } = view;
  test(`pictures of every page: ${language}, ${colorScheme}, ${String(width)} pixels`, async ({
    browser,
    app,
    receiver,
    addMember,
    admin,
  }) => {
    test.setTimeout(10 * 60_000);
    const pages = await listEveryPage(app, receiver);
    const support = await ApiSession.logIn(findProduct().url, await addMember('support'));

    await withWindow(browser, view, loggedInAs(admin), async (window) => {
      for (const [name, path] of Object.entries(pages)) {
        await window.page.goto(path);
        await look(window, name);
      }
      await window.page.goto(`/apps/${app.appKey}/im-webhooks`);
      await window.page.getByTestId('create-webhook').click();
      await window.page.getByRole('dialog').waitFor();
      await look(window, 'webhook-form');
    });
    await withWindow(browser, view, loggedInAs(support), async (window) => {
      await window.page.goto('/settings/members');
      await look(window, 'forbidden');
    });
    const newcomer = await ApiSession.logIn(findProduct().url, await createEmptyAccount(admin));
    await withWindow(browser, view, loggedInAs(newcomer), async (window) => {
      await window.page.goto('/apps');
      await new FirstRunPage(window.page).rail.waitFor();
      await look(window, 'first-run');
    });
    await withWindow(browser, view, LOGGED_OUT, async (window) => {
      await window.page.goto('/login');
      await look(window, 'login');
    });
  });
}
