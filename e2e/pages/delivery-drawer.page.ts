import type { Locator, Page } from '@playwright/test';

export class DeliveryDrawerPage {
  constructor(readonly page: Page) {}

  get drawer(): Locator {
    return this.page.getByRole('dialog', { name: '投递详情' });
  }

  get status(): Locator {
    return this.drawer.getByTestId('status-tag');
  }

  get kind(): Locator {
    return this.drawer.getByTestId('kind-tag');
  }

  /** The state of the delivery, in one sentence. */
  get state(): Locator {
    return this.drawer.getByTestId('delivery-state');
  }

  /** The source that sent the event, which leads to its page. */
  get source(): Locator {
    return this.drawer.getByTestId('received-from-source');
  }

  get receivedFrom(): Locator {
    return this.drawer.getByTestId('received-from');
  }

  get callbackId(): Locator {
    return this.drawer.getByTestId('summary-callbackId');
  }

  get deliveryId(): Locator {
    return this.drawer.getByTestId('summary-deliveryId');
  }

  get attempts(): Locator {
    return this.drawer.getByTestId('attempt');
  }

  /** What went wrong in an attempt and what helps. */
  adviceIn(attempt: Locator): Locator {
    return attempt.getByTestId('failure-advice');
  }

  async showRequestIn(attempt: Locator): Promise<void> {
    await attempt.getByRole('tab', { name: '请求', exact: true }).click();
  }

  debugSignatureIn(attempt: Locator): Locator {
    return attempt.getByTestId('debug-signature');
  }

  async showResponseIn(attempt: Locator): Promise<void> {
    await attempt.getByRole('tab', { name: '响应', exact: true }).click();
  }

  /** The value of a request or response header. */
  headerIn(attempt: Locator, name: string): Locator {
    return attempt
      .locator('dl > div')
      .filter({ visible: true })
      .filter({ has: this.page.getByText(new RegExp(`^${name}$`, 'i')) })
      .locator('dd');
  }

  responseBodyIn(attempt: Locator): Locator {
    return attempt.getByRole('region', { name: '响应体' });
  }

  requestBodyIn(attempt: Locator): Locator {
    return attempt.getByRole('region', { name: '请求体' });
  }

  /** Shows the request body as it was sent, byte for byte. */
  async showRawRequestBodyIn(attempt: Locator): Promise<void> {
    await attempt
      .getByRole('radiogroup', { name: '请求体' })
      .locator('label')
      .filter({ hasText: '原文' })
      .click();
  }

  get sendNow(): Locator {
    return this.drawer.getByTestId('send-delivery-now');
  }

  get redeliver(): Locator {
    return this.drawer.getByTestId('redeliver');
  }

  /** How many pixels of the content lie beyond the drawer's edge. */
  hiddenWidth(): Promise<number> {
    return this.drawer
      .locator('.el-drawer__body')
      .evaluate((body) => Math.max(0, body.scrollWidth - body.clientWidth));
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.drawer.waitFor({ state: 'hidden' });
  }
}
