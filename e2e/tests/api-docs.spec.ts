/** Reads the API reference as an app's developer does: in both languages, with nothing from other servers. */
import { EVENT_CATALOGUE } from '@im/contracts/events/catalogue';
import { ALL_ROUTES } from '@im/contracts/routes/all-routes';
import { eventLogRoutes } from '@im/contracts/routes/event-log-routes';
import { ROUTE_TAGS } from '@im/contracts/routes/route';
import { PageFaults } from '../harness/page-faults.js';
import { findProduct } from '../harness/product-address.js';
import { expect, LOGGED_OUT, test } from '../harness/test.js';
import { ApiDocsPage } from '../pages/api-docs.page.js';

test.use({ storageState: LOGGED_OUT });

for (const lang of ['zh', 'en'] as const) {
  test(`the reference in ${lang} has every area, its operations and every event`, async ({ page }) => {
    const docs = new ApiDocsPage(page);
    await docs.open(lang);
    // The first area is not folded.
    const operations = ALL_ROUTES.filter(({ tag }) => tag === 'events').map(({ summary }) => summary[lang]);
    for (const name of [...Object.values(ROUTE_TAGS).map((text) => text[lang]), ...operations]) {
      await expect.soft(docs.menu.filter({ hasText: name }).first()).toBeVisible();
    }
    await docs.callbacks.click();
    for (const { event } of EVENT_CATALOGUE) await expect.soft(docs.event(event)).toBeVisible();
  });
}

test('the reference runs under its content security policy and asks no other server', async ({ page }) => {
  const faults = new PageFaults(page);
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  const docs = new ApiDocsPage(page);
  await docs.open('zh');
  await docs.open('en', '#getEvent');
  await docs.callbacks.click();
  await expect(docs.title).toHaveText('IM callbacks');
  expect(faults.take()).toEqual([]);
  expect([...origins]).toEqual([findProduct().url]);
});

test('an anchor leads to its operation or event', async ({ page }) => {
  const docs = new ApiDocsPage(page);
  const { summary, tag, operationId } = eventLogRoutes.get;
  for (const anchor of [`#${operationId}`, `#api/tag/${tag}/${operationId}`]) {
    await page.goto('about:blank');
    await docs.open('en', anchor);
    await expect(docs.heading(summary.en)).toBeInViewport();
  }
  await page.goto('about:blank');
  await docs.open('zh', '#event-message.edited');
  await expect(docs.event('message.edited')).toHaveAttribute('aria-expanded', 'true');
});

test('another language shows the same anchor', async ({ page }) => {
  const docs = new ApiDocsPage(page);
  await docs.open('en', '#callbacks');
  await expect(docs.title).toHaveText('IM callbacks');
  await docs.language('中文').click();
  await expect(docs.title).toHaveText('IM 回调');
});
