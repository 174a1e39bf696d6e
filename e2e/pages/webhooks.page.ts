/** Drives the page IM 回调配置. */
import type { Locator, Page } from '@playwright/test';

export class WebhooksPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/im-webhooks`);
    await this.refresh.waitFor();
  }

  get guide(): Locator {
    return this.page.getByTestId('guide');
  }

  /** Opens the guide, or folds it to one line. */
  get toggleGuide(): Locator {
    return this.page.getByTestId('toggle-guide');
  }

  get appInfo(): Locator {
    return this.page.getByTestId('app-info');
  }

  get revealAppSecret(): Locator {
    return this.appInfo.getByRole('button', { name: '显示' });
  }

  get copyAppKey(): Locator {
    return this.appInfo.getByRole('button', { name: '复制 AppKey' });
  }

  get create(): Locator {
    return this.page.getByTestId('create-webhook');
  }

  get refresh(): Locator {
    return this.page.getByTestId('refresh-webhooks');
  }

  get seeAlerts(): Locator {
    return this.page.getByRole('link', { name: '查看告警' });
  }

  row(url: string): Locator {
    return this.page.getByTestId('webhook-list').getByRole('row').filter({ hasText: url });
  }

  /** A narrow screen shows a card for each webhook. */
  card(url: string): Locator {
    return this.page.getByTestId('webhook-row').filter({ hasText: url });
  }

  healthIn(row: Locator): Locator {
    return row.getByTestId('health-tag');
  }

  detailIn(row: Locator): Locator {
    return row.getByTestId('webhook-link');
  }

  editIn(row: Locator): Locator {
    return row.getByTestId('edit-webhook');
  }

  moreIn(row: Locator): Locator {
    return row.getByTestId('more-of-webhook');
  }

  deleteIn(row: Locator): Locator {
    return row.getByTestId('delete-webhook');
  }

  toggleIn(row: Locator): Locator {
    return row.getByTestId('toggle-webhook');
  }

  logIn(row: Locator): Locator {
    return row.getByTestId('webhook-log');
  }
}
