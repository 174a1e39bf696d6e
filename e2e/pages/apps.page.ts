import type { Locator, Page } from '@playwright/test';

export class AppsPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/apps');
    await this.page.getByTestId('app-card').first().waitFor();
  }

  get create(): Locator {
    return this.page.getByTestId('create-app');
  }

  get createDialog(): Locator {
    return this.page.getByRole('dialog', { name: '新建应用' });
  }

  async fillCreateDialog(name: string, packageName: string): Promise<void> {
    await this.createDialog.getByLabel('应用名称').fill(name);
    await this.createDialog.getByLabel('包名').fill(packageName);
    await this.createDialog.getByRole('button', { name: '创建', exact: true }).click();
  }

  card(appName: string): Locator {
    return this.page.getByTestId('app-card').filter({ hasText: appName });
  }

  appKeyIn(card: Locator): Promise<string | null> {
    return card.getAttribute('data-app-key');
  }

  copyAppKeyIn(card: Locator): Locator {
    return card.getByRole('button', { name: '复制 AppKey' });
  }

  menuIn(card: Locator): Locator {
    return card.getByTestId('app-menu');
  }

  async goInto(appName: string): Promise<void> {
    await this.card(appName).getByRole('link', { name: appName }).click();
  }

  /** The secret that is shown once. */
  get secret(): Locator {
    return this.page.getByTestId('secret-value');
  }

  async confirmSecretSaved(): Promise<void> {
    await this.page.getByRole('button', { name: '我已保存' }).click();
  }
}
