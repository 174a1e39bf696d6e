import type { Locator, Page } from '@playwright/test';

/** Where portal links are made and revoked. */
export class PortalLinksPage {
  constructor(readonly page: Page) {}

  async openList(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/portal-links`);
  }

  /** On the page of a webhook. */
  get share(): Locator {
    return this.page.getByTestId('share-webhook');
  }

  get newLink(): Locator {
    return this.page.getByTestId('new-portal-link');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: '新建门户链接' });
  }

  get origins(): Locator {
    return this.dialog.getByLabel('允许嵌入的网站');
  }

  get create(): Locator {
    return this.page.getByTestId('create-portal-link');
  }

  get created(): Locator {
    return this.page.getByRole('dialog', { name: '门户链接已创建' });
  }

  get url(): Locator {
    return this.created.getByTestId('secret-value');
  }

  get copy(): Locator {
    return this.created.getByRole('button', { name: '复制 链接', exact: true });
  }

  get frameCode(): Locator {
    return this.created.getByTestId('portal-frame');
  }

  get done(): Locator {
    return this.created.getByRole('button', { name: '我已保存' });
  }

  get links(): Locator {
    return this.page.getByTestId('portal-link-table').getByRole('row');
  }

  get revoke(): Locator {
    return this.page.getByTestId('revoke-portal-link');
  }
}
