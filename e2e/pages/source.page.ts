/** Drives the page of one source. */
import type { Locator, Page } from '@playwright/test';

export class SourcePage {
  constructor(readonly page: Page) {}

  async open(appKey: string, sourceId: string, query = ''): Promise<void> {
    await this.page.goto(`/apps/${appKey}/sources/${sourceId}${query}`);
    await this.toggle.waitFor();
  }

  get toggle(): Locator {
    return this.page.getByTestId('toggle-source');
  }

  get remove(): Locator {
    return this.page.getByTestId('delete-source');
  }

  get edit(): Locator {
    return this.page.getByTestId('edit-source');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog').filter({ visible: true });
  }

  async showTab(tab: 'overview' | 'requests' | 'checklist' | 'messages'): Promise<void> {
    await this.page.getByTestId(`tab-${tab}`).click();
  }

  get url(): Locator {
    return this.page.getByTestId('source-url');
  }

  get reveal(): Locator {
    return this.page.getByTestId('reveal-address');
  }

  get showSnippet(): Locator {
    return this.page.getByTestId('show-snippet');
  }

  get snippet(): Locator {
    return this.page.getByTestId('snippet-text');
  }

  /** Leads to the deliveries of its events. */
  get deliveries(): Locator {
    return this.page.getByTestId('source-deliveries');
  }

  get requests(): Locator {
    return this.page
      .getByTestId('request-table')
      .getByRole('row')
      .filter({ has: this.page.getByTestId('open-request') });
  }

  openRequestIn(row: Locator): Locator {
    return row.getByTestId('open-request');
  }

  get requestDrawer(): Locator {
    return this.page.getByTestId('request-drawer');
  }

  get requestBody(): Locator {
    return this.requestDrawer.getByTestId('request-body');
  }

  get facts(): Locator {
    return this.page.getByTestId('checklist-facts');
  }

  get steps(): Locator {
    return this.page.getByTestId('checklist-steps').getByRole('listitem');
  }

  get configText(): Locator {
    return this.page.getByTestId('config-text');
  }

  get checkConfig(): Locator {
    return this.page.getByTestId('check-config');
  }

  get findings(): Locator {
    return this.page.getByTestId('config-findings').getByRole('listitem');
  }

  get messageForm(): Locator {
    return this.page.getByTestId('message-form');
  }
}
