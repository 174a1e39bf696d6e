import type { Locator, Page } from '@playwright/test';

type FormSection = 'delivery' | 'retry' | 'headers' | 'before' | 'advanced';

/** Drives the form of a webhook, a drawer. */
export class WebhookDialogPage {
  constructor(readonly page: Page) {}

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: /^(新增|编辑)回调配置$/ });
  }

  get url(): Locator {
    return this.field('回调地址');
  }

  get externalId(): Locator {
    return this.field('外部 ID');
  }

  get secret(): Locator {
    return this.field('回调密钥');
  }

  get removeSecret(): Locator {
    return this.dialog.getByTestId('remove-secret');
  }

  get currentSigner(): Locator {
    return this.dialog.getByTestId('current-signer');
  }

  get revealSecret(): Locator {
    return this.dialog.getByRole('button', { name: '查看当前密钥' });
  }

  /** The fault of one field, as shown next to it. */
  errorOf(label: string): Locator {
    return this.dialog
      .locator('.el-form-item')
      .filter({ has: this.page.getByLabel(label, { exact: true }) })
      .locator('.el-form-item__error');
  }

  get errors(): Locator {
    return this.dialog.locator('.el-form-item__error');
  }

  async save(): Promise<void> {
    await this.dialog.getByRole('button', { name: '保存', exact: true }).click();
  }

  /** Opens a folded section, or folds it. */
  async unfold(section: FormSection): Promise<void> {
    await this.section(section).locator('.el-collapse-item__header').click();
  }

  /** The fields of a section. */
  get headersGroup(): Locator {
    return this.section('headers').locator('.el-collapse-item__content');
  }

  get headersError(): Locator {
    return this.headersGroup.getByRole('alert');
  }

  async addHeader(name: string, value: string): Promise<void> {
    const add = this.dialog.getByRole('button', { name: '添加请求头' });
    // A click on what still moves under the pointer, while the settings unfold, would miss it.
    await add.scrollIntoViewIfNeeded();
    await add.click();
    await this.headersGroup.getByLabel('名称').last().fill(name);
    await this.headersGroup.getByLabel('值').last().fill(value);
  }

  get deliveryGroup(): Locator {
    return this.section('delivery');
  }

  async choose(setting: 'format' | 'signature', option: string): Promise<void> {
    const field = this.deliveryGroup.getByTestId(`webhook-${setting}`);
    // A list that opens while the dialog still scrolls closes again.
    await field.scrollIntoViewIfNeeded();
    await field.click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  async keepOrder(): Promise<void> {
    await this.deliveryGroup.getByText('按会话保序').click();
  }

  get beforeGroup(): Locator {
    return this.section('before');
  }

  /** The switch is drawn over its input. */
  async switchBefore(): Promise<void> {
    const input = this.beforeGroup.getByRole('switch').locator('..');
    await input.scrollIntoViewIfNeeded();
    await input.click();
  }

  async decideAbout(event: string): Promise<void> {
    const events = this.beforeGroup.getByTestId('event-select');
    await events.scrollIntoViewIfNeeded();
    await events.click();
    await this.page.keyboard.type(event);
    await this.page.getByRole('option', { name: event }).filter({ visible: true }).click();
    await this.page.keyboard.press('Escape');
  }

  get beforeDeadline(): Locator {
    return this.beforeGroup.getByLabel('决定期限');
  }

  policy(name: string): Locator {
    return this.beforeGroup.locator('label').filter({ hasText: name });
  }

  get batch(): Locator {
    return this.deliveryGroup.getByRole('switch', { name: '合并投递' });
  }

  /** The switch is drawn over its input. */
  async switchBatch(): Promise<void> {
    await this.batch.locator('..').click();
  }

  /** The switch is drawn over its input. */
  async switchEnabled(): Promise<void> {
    await this.dialog.getByRole('switch', { name: '启用', exact: true }).locator('..').click();
  }

  get maxEvents(): Locator {
    return this.deliveryGroup.getByLabel('每批最多');
  }

  get rateLimit(): Locator {
    return this.deliveryGroup.getByLabel('限速');
  }

  private section(section: FormSection): Locator {
    return this.dialog.getByTestId(`section-${section}`);
  }

  private field(label: string): Locator {
    return this.dialog.getByLabel(label, { exact: true });
  }
}
