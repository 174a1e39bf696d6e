import type { Locator, Page } from '@playwright/test';

export class LoginPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/login');
    await this.email.waitFor();
  }

  get email(): Locator {
    return this.page.getByLabel('邮箱');
  }

  get password(): Locator {
    return this.page.getByRole('textbox', { name: '密码' });
  }

  /** Of the second factor. */
  get code(): Locator {
    return this.page.getByLabel('两步验证码');
  }

  get submit(): Locator {
    return this.page.getByRole('button', { name: '登录', exact: true });
  }

  get error(): Locator {
    return this.page.getByTestId('error-notice');
  }

  get emailMissing(): Locator {
    return this.page.getByText('请输入邮箱');
  }

  get sessionEndedNotice(): Locator {
    return this.page.getByText('登录已失效，请重新登录。');
  }
}
