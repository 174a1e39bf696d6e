import type { Locator, Page } from '@playwright/test';

export class AppSettingsPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/settings`);
    await this.basics.waitFor();
  }

  get basics(): Locator {
    return this.page.getByTestId('app-basics');
  }

  get name(): Locator {
    return this.basics.getByLabel('应用名称');
  }

  get externalId(): Locator {
    return this.basics.getByLabel('外部 ID');
  }

  get logsDays(): Locator {
    return this.basics.getByLabel('投递日志（天）');
  }

  get save(): Locator {
    return this.basics.getByRole('button', { name: '保存' });
  }

  get remove(): Locator {
    return this.page.getByTestId('delete-app');
  }
}
