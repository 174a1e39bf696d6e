/** Drives the rotation of the AppSecret, in the card of the app on the page IM 回调配置. */
import type { Locator, Page } from '@playwright/test';

export class SecretRotationPage {
  constructor(readonly page: Page) {}

  get staged(): Locator {
    return this.page.getByTestId('rotation-staged');
  }

  get overlap(): Locator {
    return this.page.getByTestId('rotation-overlap');
  }

  get nextSecretDialog(): Locator {
    return this.page.getByTestId('secret-dialog');
  }

  /** Has a next secret made, and answers it; its dialog is open then. */
  async stage(): Promise<string> {
    await this.page.getByTestId('stage-secret').click();
    await this.page.getByRole('button', { name: '生成新密钥' }).click();
    return (await this.nextSecretDialog.getByTestId('secret-value').textContent()) ?? '';
  }

  async confirmSaved(): Promise<void> {
    await this.nextSecretDialog.getByRole('button', { name: '我已保存' }).click();
    await this.nextSecretDialog.waitFor({ state: 'hidden' });
  }

  async activate(): Promise<void> {
    await this.page.getByTestId('activate-secret').click();
    await this.page.getByTestId('confirm-activate').click();
  }
}
