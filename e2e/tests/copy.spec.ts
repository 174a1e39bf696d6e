import { expect, test } from '../harness/test.js';
import { ConsolePage } from '../pages/console.page.js';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

/** As on a page that is not served over HTTPS: there is no clipboard API at all. */
test('copying works where the browser offers no clipboard', async ({ page, app }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await webhooks.copyAppKey.click();
  await expect(new ConsolePage(page).message('已复制')).toBeVisible();
  await expectClipboard(app.appKey);

  async function expectClipboard(text: string): Promise<void> {
    const dialog = new WebhookDialogPage(page);
    await webhooks.create.click();
    await dialog.url.focus();
    await page.keyboard.press('ControlOrMeta+V');
    await expect(dialog.url).toHaveValue(text);
  }
});

test('copying works where the permission is refused', async ({ page, app }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
  });
  const webhooks = new WebhooksPage(page);
  await webhooks.open(app.appKey);
  await webhooks.copyAppKey.click();
  await expect(new ConsolePage(page).message('已复制')).toBeVisible();
});
