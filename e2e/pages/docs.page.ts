import { expect, type Locator, type Page } from '@playwright/test';

export class DocsPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/docs`);
    await expect(this.fields).toBeVisible();
  }

  chapter(title: string): Locator {
    return this.page
      .getByRole('navigation', { name: '目录' })
      .getByRole('link', { name: title, exact: true });
  }

  /** The column with the code. */
  get column(): Locator {
    return this.page.getByTestId('code-column');
  }

  get code(): Locator {
    return this.column.getByTestId('sample');
  }

  async chooseLanguage(name: string): Promise<void> {
    await this.column.getByTestId('sample-language').getByText(name, { exact: true }).click();
  }

  get fields(): Locator {
    return this.page.getByTestId('event-fields');
  }

  async chooseEvent(event: string): Promise<void> {
    await this.page.getByTestId('choose-event').click();
    await this.page.getByRole('option', { name: event }).click();
  }

  get apiReference(): Locator {
    return this.page.getByRole('link', { name: '可阅读的文档' });
  }

  get send(): Locator {
    return this.page.getByTestId('send-example-now');
  }

  get result(): Locator {
    return this.page.getByTestId('example-result');
  }

  get debugResult(): Locator {
    return this.result.getByRole('link', { name: '用它调试签名' });
  }

  async unfoldAll(): Promise<void> {
    await expect(this.fields).toBeVisible();
    for (const summary of await this.page.locator('summary').all()) await summary.click();
  }
}
