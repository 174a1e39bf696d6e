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

  async showTab(name: string): Promise<void> {
    await this.page.getByTestId('alert-tabs').locator('label').filter({ hasText: name }).click();
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

  acknowledgeIn(alert: Locator): Locator {
    return alert.getByTestId('acknowledge');
  }

  resolveIn(alert: Locator): Locator {
    return alert.getByTestId('resolve');
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
