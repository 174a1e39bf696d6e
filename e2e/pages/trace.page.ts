import type { Locator, Page } from '@playwright/test';

export class TracePage {
  constructor(readonly page: Page) {}

  async open(appKey: string, id = ''): Promise<void> {
    await this.page.goto(`/apps/${appKey}/trace${id === '' ? '' : `?q=${encodeURIComponent(id)}`}`);
    await this.id.waitFor();
  }

  get id(): Locator {
    return this.page.getByTestId('trace-id');
  }

  get start(): Locator {
    return this.page.getByTestId('trace-start');
  }

  get help(): Locator {
    return this.page.getByTestId('trace-help');
  }

  get conclusion(): Locator {
    return this.page.getByTestId('conclusion');
  }

  get copyForCustomer(): Locator {
    return this.page.getByTestId('copy-for-customer');
  }

  /** The outcome of the event at the webhook of this name. */
  outcome(name: string): Locator {
    return this.page.getByTestId('webhook-outcome').filter({ hasText: name });
  }

  get notMatched(): Locator {
    return this.page.getByTestId('not-matched');
  }

  redeliverIn(outcome: Locator): Locator {
    return outcome.getByTestId('trace-redeliver');
  }

  openInLogIn(outcome: Locator): Locator {
    return outcome.getByTestId('open-in-log');
  }

  get timelineEvents(): Locator {
    return this.page.getByTestId('timeline-event');
  }

  unfold(event: Locator): Promise<void> {
    return event.getByRole('button').first().click();
  }

  get nothingFound(): Locator {
    return this.page.getByTestId('nothing-found');
  }

  /** The delivery log offers to trace what is typed into its search. */
  async traceFromLog(id: string): Promise<void> {
    await this.page.getByTestId('id-search').fill(id);
    await this.page.getByTestId('search-as-trace').click();
  }

  get fromEmptyLog(): Locator {
    return this.page.getByTestId('trace-from-empty-log');
  }
}
