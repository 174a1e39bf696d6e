import type { Locator, Page } from '@playwright/test';

export class DeliveryDrawerPage {
  constructor(readonly page: Page) {}

  /** Over the list: in a narrow window. */
  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: '投递详情' });
  }

  /** Beside the list: in a wide window. */
  get pane(): Locator {
    return this.page.getByRole('region', { name: '投递详情' });
  }

  /** In a window of any width. */
  get drawer(): Locator {
    return this.pane.or(this.dialog);
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

  /** Shows the attempt's request in its tab. */
  async showRequestIn(attempt: Locator): Promise<void> {
    await attempt.getByTestId('show-request').click();
  }

  /** Shows the attempt's response in its tab. */
  async showResponseIn(attempt: Locator): Promise<void> {
    await attempt.getByTestId('show-response').click();
  }

  tab(name: '时间线' | '请求' | '响应' | '载荷'): Locator {
    return this.drawer.getByRole('tab', { name, exact: true });
  }

  /** How long an attempt waited after the one before. */
  get waits(): Locator {
    return this.drawer.getByTestId('waited');
  }

  get nextAttempt(): Locator {
    return this.drawer.getByTestId('next-attempt');
  }

  /** What differs from the attempt before, in the tab that is shown. */
  get differences(): Locator {
    return this.drawer.getByTestId('differences').filter({ visible: true });
  }

  get attemptChooser(): Locator {
    return this.drawer.getByTestId('attempt-chooser').filter({ visible: true });
  }

  async chooseAttempt(text: string): Promise<void> {
    await this.attemptChooser.getByTestId('choose-attempt').click();
    await this.page.getByRole('option', { name: text }).click();
  }

  get debugSignature(): Locator {
    return this.drawer.getByTestId('debug-signature');
  }

  /** The value of a request or response header, in the tab that is shown. */
  header(name: string): Locator {
    return this.drawer
      .locator('dl > div')
      .filter({ visible: true })
      .filter({ has: this.page.getByText(new RegExp(`^${name}$`, 'i')) })
      .locator('dd');
  }

  get responseBody(): Locator {
    return this.drawer.getByRole('region', { name: '响应体' });
  }

  get requestBody(): Locator {
    return this.drawer.getByRole('region', { name: '请求体' });
  }

  /** Shows the request body as it was sent, byte for byte. */
  async showRawRequestBody(): Promise<void> {
    await this.drawer
      .getByRole('radiogroup', { name: '请求体' })
      .locator('label')
      .filter({ hasText: '原文' })
      .click();
  }

  get payload(): Locator {
    return this.drawer.getByRole('region', { name: '事件载荷' });
  }

  get payloadSearch(): Locator {
    return this.drawer.getByTestId('json-search');
  }

  get payloadMatches(): Locator {
    return this.drawer.getByTestId('json-matches');
  }

  get foldPayload(): Locator {
    return this.drawer.getByTestId('fold-all');
  }

  /** Opens the delivery that is next in the list. */
  get next(): Locator {
    return this.drawer.getByTestId('next-delivery');
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
