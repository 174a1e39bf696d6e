/** Drives the question before a webhook is disabled. */
import type { Locator, Page } from '@playwright/test';

export class DisableDialogPage {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: '停用回调' });
  }

  /** How many deliveries wait. */
  get waiting(): Locator {
    return this.dialog.getByTestId('disable-waiting');
  }

  async cancelWhatWaits(): Promise<void> {
    await this.dialog.getByTestId('disable-cancel-waiting').click();
  }

  async confirm(): Promise<void> {
    await this.dialog.getByTestId('confirm-disable').click();
  }

  async pauseInstead(): Promise<void> {
    await this.dialog.getByTestId('pause-instead').click();
  }
}
