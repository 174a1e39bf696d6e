/** Drives settings → notification channels: the list, the dialog, the test and the log. */
import type { Locator, Page } from '@playwright/test';

export class ChannelsPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/settings/notification-channels');
    await this.create.waitFor();
  }

  get create(): Locator {
    return this.page.getByTestId('create-channel').first();
  }

  /** Of the channel with this name. */
  row(name: string): Locator {
    return this.page.getByTestId('channel-table').getByRole('row').filter({ hasText: name });
  }

  testIn(row: Locator): Locator {
    return row.getByTestId('test-channel');
  }

  logIn(row: Locator): Locator {
    return row.getByTestId('channel-log');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true });
  }

  kind(kind: string): Locator {
    return this.dialog.getByTestId(`kind-${kind}`);
  }

  get name(): Locator {
    return this.dialog.locator('#channel-name');
  }

  get url(): Locator {
    return this.dialog.locator('#channel-url');
  }

  get save(): Locator {
    return this.dialog.getByTestId('save-channel');
  }

  get testResult(): Locator {
    return this.dialog.getByTestId('channel-test-result');
  }

  get testAgain(): Locator {
    return this.dialog.getByRole('button', { name: '再发一条' });
  }

  get log(): Locator {
    return this.page.getByTestId('channel-log-drawer');
  }

  get notifications(): Locator {
    return this.log.getByTestId('notification');
  }
}
