import type { AlertRule } from '@im/contracts/api/alerts';
import type { Locator, Page } from '@playwright/test';

export class AlertsPage {
  constructor(readonly page: Page) {}

  async open(appKey: string): Promise<void> {
    await this.page.goto(`/apps/${appKey}/im-webhook-alerts`);
    await this.refresh.waitFor();
  }

  get refresh(): Locator {
    return this.page.getByTestId('refresh');
  }

  async showHistory(): Promise<void> {
    await this.page.getByTestId('alerts-history').click();
  }

  async showRules(): Promise<void> {
    await this.page.getByTestId('alerts-rules').click();
  }

  async showChannels(): Promise<void> {
    await this.page.getByTestId('alerts-channels').click();
  }

  get rulePreviews(): Locator {
    return this.page.getByTestId('rule-preview');
  }

  get manageChannels(): Locator {
    return this.page.getByTestId('manage-channels');
  }

  /** One for each webhook or source. */
  get incidents(): Locator {
    return this.page.getByTestId('incident');
  }

  alert(rule: AlertRule): Locator {
    return this.page.getByTestId('alert').and(this.page.locator(`[data-rule="${rule}"]`));
  }

  get alerts(): Locator {
    return this.page.getByTestId('alert');
  }

  severityIn(alert: Locator): Locator {
    return alert.getByTestId('status-tag').first();
  }

  statusIn(alert: Locator): Locator {
    return alert.getByTestId('status-tag').last();
  }

  detailIn(alert: Locator): Locator {
    return alert.getByTestId('alert-detail');
  }

  get acknowledge(): Locator {
    return this.page.getByTestId('acknowledge');
  }

  get resolve(): Locator {
    return this.page.getByTestId('resolve');
  }

  get lastFailure(): Locator {
    return this.page.getByTestId('last-failure');
  }

  get editRules(): Locator {
    return this.page.getByTestId('edit-rules');
  }

  /** The checkbox in the dialog of the rules, with its label. */
  get quietHours(): Locator {
    return this.page.getByTestId('quiet-on');
  }

  get emptyNotice(): Locator {
    return this.page.getByTestId('empty-notice');
  }
}
