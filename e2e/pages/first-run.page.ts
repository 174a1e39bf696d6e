/** Drives the four steps to the first delivered event, above every page. */
import type { Locator, Page } from '@playwright/test';

export type FirstRunStep = 'app' | 'webhook' | 'event' | 'delivered';

export class FirstRunPage {
  constructor(readonly page: Page) {}

  get rail(): Locator {
    return this.page.getByTestId('first-run');
  }

  step(step: FirstRunStep): Locator {
    return this.rail.getByTestId(`first-run-${step}`);
  }

  get tryTestReceiver(): Locator {
    return this.rail.getByTestId('try-test-receiver');
  }

  get send(): Locator {
    return this.rail.getByTestId('first-run-send');
  }

  get close(): Locator {
    return this.rail.getByTestId('first-run-close');
  }
}
