import type { FrameLocator, Locator, Page } from '@playwright/test';

/** The page of a portal link, by itself or in a frame. */
export class PortalPage {
  constructor(private readonly place: Page | FrameLocator) {}

  get app(): Locator {
    return this.place.getByTestId('portal-app');
  }

  get rows(): Locator {
    return this.place.getByTestId('delivery-table').getByRole('row').filter({ has: this.open });
  }

  get cards(): Locator {
    return this.place.getByTestId('delivery-cards').getByRole('listitem');
  }

  /** Of rows and cards. */
  get open(): Locator {
    return this.place.getByTestId('open-delivery');
  }

  /** The checkbox of each row. */
  get choose(): Locator {
    return this.place.getByTestId('choose-delivery');
  }

  get redeliverChosen(): Locator {
    return this.place.getByTestId('redeliver-chosen');
  }

  get test(): Locator {
    return this.place.getByTestId('send-test');
  }

  get docs(): Locator {
    return this.place.getByTestId('portal-tab-docs');
  }

  get log(): Locator {
    return this.place.getByTestId('portal-tab-log');
  }

  get reveal(): Locator {
    return this.place.getByTestId('reveal-content');
  }

  get masked(): Locator {
    return this.place.getByTestId('content-masked');
  }

  /** The link cannot be used (any more). */
  get over(): Locator {
    return this.place.getByTestId('portal-over');
  }

  heading(name: string): Locator {
    return this.place.getByRole('heading', { name, exact: true });
  }
}
