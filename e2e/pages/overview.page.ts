/** Drives an app's overview. */
import type { Locator, Page } from '@playwright/test';

export class OverviewPage {
  constructor(readonly page: Page) {}

  /** @param query what the address names, such as `?range=1h` */
  async open(appKey: string, query = ''): Promise<void> {
    await this.page.goto(`/apps/${appKey}${query}`);
    await this.charts.first().waitFor();
  }

  get state(): Locator {
    return this.page.getByTestId('state-sentence');
  }

  get problems(): Locator {
    return this.page.getByTestId('problem');
  }

  /** Of the webhooks. */
  get sparklines(): Locator {
    return this.page.getByTestId('webhook-course');
  }

  reviveIn(problem: Locator): Locator {
    return problem.getByTestId('revive-webhook');
  }

  tile(name: string): Locator {
    return this.page.getByTestId('figure-tile').filter({ hasText: name });
  }

  get charts(): Locator {
    return this.page.getByTestId('chart-card');
  }

  chart(title: string): Locator {
    return this.charts.filter({ hasText: title });
  }

  plotIn(chart: Locator): Locator {
    return chart.locator('.u-over');
  }

  showTableIn(chart: Locator): Locator {
    return chart.getByTestId('toggle-table');
  }

  rowsIn(chart: Locator): Locator {
    return chart.locator('tbody tr');
  }

  get chosenSpan(): Locator {
    return this.page.getByTestId('chosen-span');
  }

  get customSpan(): Locator {
    return this.page.getByTestId('range-choice').getByText('自定义');
  }

  /** With the keyboard, in the reader's time. */
  async typeSpan(from: string, to: string): Promise<void> {
    const fields = this.chosenSpan.getByRole('combobox');
    for (const [index, text] of [from, to].entries()) {
      await fields.nth(index).fill(text);
      await fields.nth(index).press('Enter');
    }
    await this.chosenSpan.getByTestId('apply-span').press('Enter');
  }

  /** Drags over the last part of a chart. */
  async selectEndOf(chart: Locator): Promise<void> {
    const plot = this.plotIn(chart);
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('the chart is not shown');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width * 0.8, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width * 0.9, y, { steps: 4 });
    await this.page.mouse.move(box.x + box.width - 2, y, { steps: 4 });
    await this.page.mouse.up();
  }

  get causes(): Locator {
    return this.page.getByTestId('causes-card');
  }

  get changes(): Locator {
    return this.page.getByTestId('changes');
  }
}
