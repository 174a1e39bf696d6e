/** Drives the page of an app's built-in test receiver. */
import type { Locator, Page } from '@playwright/test';

export class TestReceiverPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/im-webhooks/test-receiver`);
  }

  /** Offered in the empty states of pages, too. */
  get tryIt(): Locator {
    return this.page.getByTestId('try-test-receiver');
  }

  get url(): Locator {
    return this.page.getByTestId('test-receiver-url');
  }

  get modes(): Locator {
    return this.page.getByTestId('test-receiver-mode');
  }

  mode(name: string): Locator {
    return this.modes.getByText(name, { exact: true });
  }

  get send(): Locator {
    return this.page.getByTestId('send-example-event').last();
  }

  get requests(): Locator {
    return this.page.getByTestId('received-request');
  }

  verdictIn(request: Locator): Locator {
    return request.getByTestId('signature-verdict');
  }

  get drawer(): Locator {
    return this.page.getByTestId('received-request-drawer');
  }

  /** From a webhook, in the list and on its page. */
  get link(): Locator {
    return this.page.getByTestId('to-test-receiver');
  }
}
