/** Drives the notice that a webhook gets nothing, and the button that restarts it. */
import type { Locator, Page } from '@playwright/test';

export class StoppedWebhookPage {
  constructor(readonly page: Page) {}

  /** On top of the page of a webhook and of its log. */
  get notice(): Locator {
    return this.page.getByTestId('stopped-notice');
  }

  get revive(): Locator {
    return this.notice.getByTestId('revive-webhook');
  }

  /** In the list of webhooks, in words that show on hover. */
  reasonIn(row: Locator): Locator {
    return row.getByTestId('health-text');
  }

  reviveIn(row: Locator): Locator {
    return row.getByTestId('revive-webhook');
  }

  /** Deliveries in the log that wait until their webhook is resumed. */
  get heldBack(): Locator {
    // A closed drawer keeps what it showed, out of sight.
    return this.page.getByTestId('held-back').filter({ visible: true });
  }
}
