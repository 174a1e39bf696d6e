/** Drives login and security: one's second factor and sessions; and the page that requires a second factor. */
import type { Locator, Page } from '@playwright/test';

export class ProfilePage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/settings/profile');
    await this.secondFactor.waitFor();
  }

  get secondFactor(): Locator {
    return this.page.getByTestId('second-factor');
  }

  get enable(): Locator {
    return this.page.getByRole('button', { name: '启用两步验证' });
  }

  get disable(): Locator {
    return this.secondFactor.getByRole('button', { name: '关闭两步验证' });
  }

  get qrCode(): Locator {
    return this.page.getByRole('img', { name: '二维码' });
  }

  get secret(): Locator {
    return this.page.getByTestId('totp-secret');
  }

  get code(): Locator {
    return this.page.getByLabel('再输入它显示的 6 位数字');
  }

  get confirm(): Locator {
    return this.page.getByRole('button', { name: '启用', exact: true });
  }

  get recoveryCodes(): Locator {
    return this.page.getByTestId('recovery-codes').getByRole('listitem');
  }

  get codesSaved(): Locator {
    return this.page.getByRole('button', { name: '我已保存' });
  }

  get sessions(): Locator {
    return this.page.getByTestId('session');
  }

  get endOthers(): Locator {
    return this.page.getByRole('button', { name: '结束其他全部会话' });
  }
}
