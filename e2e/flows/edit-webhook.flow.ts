import type { Page } from '@playwright/test';
import { WebhookDialogPage } from '../pages/webhook-dialog.page.js';
import { WebhooksPage } from '../pages/webhooks.page.js';

/** Adds a webhook in the dialog of the page IM 回调配置, which is being shown. */
export async function addWebhook(page: Page, url: string): Promise<void> {
  const dialog = new WebhookDialogPage(page);
  await new WebhooksPage(page).create.click();
  await dialog.url.fill(url);
  await dialog.save();
  await dialog.dialog.waitFor({ state: 'hidden' });
}

/** Opens the dialog of a webhook, lets `change` fill it in, and saves. */
export async function editWebhook(
  page: Page,
  url: string,
  change: (dialog: WebhookDialogPage) => Promise<void>,
): Promise<void> {
  const webhooks = new WebhooksPage(page);
  const dialog = new WebhookDialogPage(page);
  await webhooks.editIn(webhooks.row(url)).click();
  await dialog.dialog.waitFor();
  await change(dialog);
  await dialog.save();
  await dialog.dialog.waitFor({ state: 'hidden' });
}
