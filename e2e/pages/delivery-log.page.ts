import type { Locator, Page } from '@playwright/test';

export class DeliveryLogPage {
  constructor(readonly page: Page) {}

  async open(appKey: string, webhookId: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/im-webhooks/${webhookId}/deliveries`);
    await this.refresh.waitFor();
  }

  get refresh(): Locator {
    return this.page.getByTestId('refresh');
  }

  get webhookUrl(): Locator {
    return this.page.getByTestId('webhook-url');
  }

  /** Follows the log by the stream of the app. */
  get live(): Locator {
    return this.page.getByRole('switch', { name: '实时' });
  }

  /** New rows that wait for a reader who has scrolled. */
  get showWaiting(): Locator {
    return this.page.getByTestId('show-waiting');
  }

  columnHead(name: string): Locator {
    return this.page.getByTestId('delivery-table').getByRole('columnheader', { name, exact: true });
  }

  /** Takes ids, and conditions such as `status:failed`. */
  get query(): Locator {
    return this.page.getByTestId('id-search');
  }

  get queryHint(): Locator {
    return this.page.getByTestId('query-hint');
  }

  /** A filter that is set. */
  chip(name: string): Locator {
    return this.page.getByTestId(`chip-${name}`);
  }

  /** A view of the log, built in or a person's own. */
  view(name: string): Locator {
    return this.page.getByTestId('saved-view').filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
  }

  async saveView(name: string): Promise<void> {
    await this.page.getByTestId('save-view').click();
    await this.page.getByTestId('view-name').fill(name);
    await this.page.keyboard.press('Enter');
  }

  async deleteView(name: string): Promise<void> {
    await this.page.getByRole('button', { name: `删除视图「${name}」` }).click();
  }

  /** Deliveries over time, above the rows. */
  get histogram(): Locator {
    return this.page.getByTestId('histogram');
  }

  /** What is said of the bar that is pointed at. */
  get histogramRemark(): Locator {
    return this.page.getByTestId('histogram-remark');
  }

  get histogramTable(): Locator {
    return this.page.getByTestId('histogram-table');
  }

  get unfoldHistogram(): Locator {
    return this.page.getByTestId('unfold-histogram');
  }

  subjectIn(row: Locator): Locator {
    return row.getByTestId('subject');
  }

  /** Shown while rows are chosen. */
  get selectionBar(): Locator {
    return this.page.getByTestId('selection-bar');
  }

  get redeliverChosen(): Locator {
    return this.selectionBar.getByTestId('redeliver-chosen');
  }

  async exportAs(format: 'CSV' | 'NDJSON'): Promise<void> {
    await this.page.getByTestId('export').click();
    await this.page.getByRole('menuitem', { name: format }).click();
  }

  /** The rows of what was delivered or is to be, newest first. */
  get rows(): Locator {
    return this.page
      .getByTestId('delivery-table')
      .getByRole('row')
      .filter({ has: this.page.getByTestId('open-delivery') });
  }

  /** A narrow screen shows a card for each delivery. */
  get cards(): Locator {
    return this.page.getByTestId('delivery-cards').getByRole('listitem');
  }

  statusIn(row: Locator): Locator {
    return row.getByTestId('status-tag');
  }

  kindIn(row: Locator): Locator {
    return row.getByTestId('kind-tag');
  }

  openIn(row: Locator): Locator {
    return row.getByTestId('open-delivery');
  }

  async openApp(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/deliveries`);
    await this.refresh.waitFor();
  }

  async showFilters(): Promise<void> {
    await this.page.getByTestId('add-filter').click();
  }

  async filterBySource(name: string): Promise<void> {
    await this.showFilters();
    await this.page.getByTestId('filter-source').click();
    await this.page.getByRole('option', { name, exact: true }).click();
  }

  async filterByStatus(status: string): Promise<void> {
    await this.showFilters();
    await this.page.getByTestId('filter-status').click();
    await this.page.getByRole('option', { name: status, exact: true }).click();
  }
}
